import { hash, pick } from './hash.ts'

const SURNAMES = Array.from(
  '王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任',
) as [string, ...string[]]
const GIVEN = Array.from(
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰婷浩宇轩梓涵诗琪欣怡晨曦雨泽子墨嘉豪思远文博',
) as [string, ...string[]]

/** A person's name: a surname and one or two characters. */
export function personName(seed: number, index: number): string {
  const h = hash(seed, index, 71)
  const second = h % 3 === 0 ? '' : pick(GIVEN, h >>> 20)
  return pick(SURNAMES, h) + pick(GIVEN, h >>> 9) + second
}
