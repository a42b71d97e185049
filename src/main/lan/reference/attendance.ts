import { table, type Described } from './describe.ts'

const PAGE = 'session startIndex pageSize'
const NOT_OWNER = '5 not the owner of the project'
const NOT_KEEPER = '5 not its keeper now'
const LIMITED = 'limited adRequired'

const lists: Described[] = table('user', 'page', {
  getAttProjectList: {
    summary: "Projects this phone owns, keeps or works in; a deleted one is its owner's only.",
    params: `${PAGE} role?=attRole`,
    data:
      'projectId projectName owner ownerName keeper=attKeeperOrNone keeperName=attKeeperName createTime=addTime ' +
      'state=projectState deleteTime isOwner isKeeper isWorker members open pending corrections',
  },
  getAttMemberList: {
    summary: 'Workers of a project, those who left behind; a worker sees himself.',
    params: `${PAGE} projectId`,
    data: 'user=worker userName addTime state=memberState removeTime',
    refusals: '5 neither owner, keeper nor worker there',
  },
  getAttRecordList: {
    summary:
      'Records by check-in, newest first: of a whole project for its owner and its keeper, of himself for a worker.',
    params: `${PAGE} projectId user?=worker startDate? endDate?`,
    totals: `totalCount ${LIMITED}`,
    data:
      'recordId projectId projectName user=worker userName state=recordState requestTime checkInTime=checkInSaid decideUser ' +
      'decideTime reason=words checkOutTime=checkOutSaid checkOutUser checkOutRecordTime minutes late forgotten subscribed ' +
      'correctionId=waitingCorrection corrected overlap',
    refusals: "5 not his project, or another worker's records",
  },
  getAttNoticeList: {
    summary: 'Answers to the requests this phone subscribed to, newest first.',
    params: PAGE,
    data: 'recordId projectId projectName state=recordState checkInTime=checkInSaid decideUser reason=words noticeTime',
  },
  getAttCorrectionList: {
    summary: 'Corrections of a project, waiting ones first; a worker sees those of his own shifts.',
    params: `${PAGE} projectId state?=correctionState`,
    totals: 'totalCount limited',
    data:
      'correctionId recordId projectId projectName user=worker userName byRole byUser createTime=addTime oldCheckInTime ' +
      'oldCheckOutTime checkInTime=newCheckInTime checkOutTime=newCheckOutTime note state=correctionState decideUser ' +
      'decideTime reason=words',
    refusals: '5 neither owner, keeper nor worker there',
  },
  getAttStatistics: {
    summary:
      'Worked time by one of project, worker, day, week or month; an ended shift counts on the day it began. Without projectId: all that this phone may see.',
    params: 'session projectId? user?=worker startDate endDate by',
    totals: `totalCount totalMinutes totalRecords ${LIMITED}`,
    data:
      'projectId=statProject projectName=statProjectName user=statUser userName=statUserName date=statDate ' +
      'minutes=sumMinutes count=sumCount open pending',
    refusals: "5 not his project, or another worker's hours",
  },
})

const projects: Described[] = table('user', 'result', {
  newAttProject: {
    summary: 'Makes a project that belongs to the phone of the session.',
    params: 'session projectName',
    data: 'result reason projectId?',
    refusals: '5 three projects already, without VIP (R-51)',
  },
  deleteAttProject: {
    summary:
      'Deletes a project; requests and corrections that wait are given up, its owner goes on seeing its records.',
    params: 'session projectId',
    refusals: `${NOT_OWNER}; code 0 with result 1: a shift is open, or it was deleted already`,
  },
  setAttKeeper: {
    summary:
      'Appoints or replaces the keeper, at once: the one before sees and does nothing any more. An owner may appoint himself.',
    params: 'session projectId keeper keeperName=attKeeperName',
    refusals: `3 that phone is a worker there; ${NOT_OWNER}`,
  },
  addAttMember: {
    summary: 'Adds a worker; one who left comes back as a new member.',
    params: 'session projectId user=worker userName',
    refusals: `3 the keeper himself; ${NOT_KEEPER}; code 0 with result 1: is one already`,
  },
  deleteAttMember: {
    summary: 'Removes a worker; his request is given up.',
    params: 'session projectId user=worker',
    refusals: `3 no worker there; ${NOT_KEEPER}; code 0 with result 1: his shift is open`,
  },
  leaveAttProject: {
    summary: 'The worker of the session leaves; his request is given up.',
    params: 'session projectId',
    refusals: '5 no worker there; code 0 with result 1: his shift is open',
  },
})

const shifts: Described[] = table('user', 'result', {
  newAttCheckIn: {
    summary:
      'A worker asks for the beginning of a shift, now unless he says when; it counts once the keeper confirms it.',
    params: 'session projectId checkInTime?',
    data: 'result reason recordId?',
    refusals:
      '3 later than now and 60 s; 5 no worker there; code 0 with result 1: an open record, another shift at that time, or a locked period',
  },
  cancelAttCheckIn: {
    summary: 'The worker takes his request back while nobody answered.',
    params: 'session recordId',
    refusals: '5 the request of somebody else; code 0 with result 1: answered already',
  },
  decideAttCheckIn: {
    summary: 'The keeper answers a request; the time asked for stays.',
    params: 'session recordId decision reason?=words',
    refusals: `${NOT_KEEPER}; code 0 with result 1: answered already, or a locked period`,
  },
  newAttCheckOut: {
    summary: 'The keeper records the end of a confirmed shift, now unless he says when; it holds at once.',
    params: 'session recordId checkOutTime? confirmLong?',
    refusals: `3 not after the check-in, or later than now and 60 s; ${NOT_KEEPER}; code 0 with result 1: not confirmed or ended already, more than 24 h without confirmLong, or a locked period`,
  },
  subscribeAttRecord: {
    summary: 'The worker wants to be told of the answer: it then stands in getAttNoticeList, once.',
    params: 'session recordId',
    refusals: '5 the request of somebody else; code 0 with result 1: answered already',
  },
})

const corrections: Described[] = table('user', 'result', {
  newAttCorrection: {
    summary:
      'The keeper or the worker proposes other times of a confirmed or ended shift, one of the two at least; they hold when the other side says yes.',
    params: 'session recordId checkInTime? checkOutTime? note?',
    data: 'result reason correctionId?',
    refusals:
      '3 end not after begin, in the future, nothing changes, or the end of an open shift; 5 neither the keeper nor that worker; code 0 with result 1: one waits already, another shift at that time, or a locked period',
  },
  decideAttCorrection: {
    summary:
      "The other side answers; who asked never answers himself. The keeper's side is whoever keeps the project then.",
    params: 'session correctionId decision reason?=words',
    refusals:
      '5 not the other side; code 0 with result 1: answered already, the record changed since, or a locked period',
  },
  withdrawAttCorrection: {
    summary: 'The side that asked takes it back while it waits.',
    params: 'session correctionId',
    refusals: '5 not the side that asked; code 0 with result 1: answered already',
  },
})

/** The attendance of the users' mini-program (interfaces §4): every call has a session, whose phone acts. */
export const attendance: readonly Described[] = [...projects, ...shifts, ...corrections, ...lists]
