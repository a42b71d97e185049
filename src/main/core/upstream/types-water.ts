import type { BadRow, CallOptions, Page, PageRequest } from './types.ts'

/** WE-1: one node of the region tree, flattened. */
export interface WaterRegion {
  /** a number or text, compared as text (W-30) */
  readonly id: string
  readonly parentId: string | null
  readonly name: string
}

/** What the rows of the six lists have in common: the text of a field that could not be read as what it should be. */
interface Odd {
  /** by the vendor's name of the field (W-05 … W-07, W-21) */
  readonly raw?: Readonly<Record<string, string>>
}

/** Rows keep the vendor's names (spec §4.1): times in epoch ms, amounts and flows as decimal strings (W-19). */
export interface WaterFlow extends Odd {
  readonly username: string
  readonly house_number: string
  readonly device_code: string
  readonly balance: string | null
  readonly status: string
  readonly settle_flow: string | null
  readonly total_flow: string | null
  readonly last_month_flow: string | null
  readonly created_at: number | null
  readonly flow_chart_url: string
}

export interface WaterCost extends Odd {
  readonly username: string
  readonly user_code: string
  readonly phone_number: string
  readonly account_balance: string | null
  readonly consumed_amount: string | null
  readonly arrears_balance: string | null
  readonly last_billing_date: number | null
}

export interface WaterOperation extends Odd {
  readonly log_type: string
  readonly device_code: string
  readonly operator: string
  readonly operation_time: number | null
  readonly ip_address: string
}

export interface WaterSchedule extends Odd {
  readonly user_code: string
  readonly user_name: string
  readonly water_meter_number: string
  readonly operation_type: string
  readonly execution_status: string
  readonly execution_count: number | null
  readonly created_at: number | null
  readonly execution_time: number | null
}

export interface WaterReading extends Odd {
  readonly username: string
  readonly house_number: string
  readonly device_code: string
  readonly settle_flow: string | null
  readonly total_flow: string | null
  readonly last_month_flow: string | null
  readonly balance: string | null
  /** no unit: 100 stands in the document (W-20) */
  readonly battery_voltage: string | null
  readonly status: string
  readonly collected_at: number | null
  /** one number for 31 days, or one for each of them (W-21) */
  readonly latest_31_day_usage: readonly string[] | null
}

export interface WaterPayment extends Odd {
  readonly user_name: string
  readonly device_code: string
  readonly user_code: string
  readonly address: string
  readonly user_type: string
  readonly price_mode: string
  readonly payment_method: string
  readonly account_balance: string | null
  /** sic (W-17) */
  readonly amcount_recharged: string | null
  readonly surplus_balance: string | null
  readonly recharge_status: string
  /** of the payment, for all its name (W-18) */
  readonly collected_at: number | null
}

/** Filters are fuzzy at the vendor (W-08); absent or empty: everything. Names as sent, per endpoint (W-15). */
export interface FlowRequest extends PageRequest {
  readonly region_id?: string
  readonly device_code?: string
  readonly watch_status?: string
}
export interface CostRequest extends PageRequest {
  readonly region_id?: string
  readonly user_name?: string
  readonly user_code?: string
}
export interface OperationRequest extends PageRequest {
  readonly opt_type?: string
}
export interface ScheduleRequest extends PageRequest {
  readonly coll_code?: string
  readonly watcher_num?: string
}
export interface WaterWindowRequest extends PageRequest {
  readonly address?: string
  readonly device_code?: string
  readonly user_code?: string
  readonly username?: string
  /** epoch ms, both; whether the vendor includes them is not documented (W-23) */
  readonly start_time?: number
  readonly end_time?: number
}

/** The seven queries of the water system (spec §4.1), read-only (W-35). Every method rejects with UpstreamError or CANCELLED. */
export interface WaterClient {
  /** rows a page is asked for (W-13) */
  readonly pageSize: number
  region(options?: CallOptions): Promise<{ rows: readonly WaterRegion[]; bad: readonly BadRow[] }>
  flow(request: FlowRequest, options?: CallOptions): Promise<Page<WaterFlow>>
  cost(request: CostRequest, options?: CallOptions): Promise<Page<WaterCost>>
  opt(request: OperationRequest, options?: CallOptions): Promise<Page<WaterOperation>>
  schedule(request: ScheduleRequest, options?: CallOptions): Promise<Page<WaterSchedule>>
  trans(request: WaterWindowRequest, options?: CallOptions): Promise<Page<WaterReading>>
  hispay(request: WaterWindowRequest, options?: CallOptions): Promise<Page<WaterPayment>>
}
