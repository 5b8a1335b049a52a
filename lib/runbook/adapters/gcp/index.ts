export { GoogleCallError, isGoogleCallError, type GoogleCallCode, type GoogleCallFacts } from './google-call-error';
export { RestClient, type RestClientOptions } from './rest/rest-client';
export { applicationDefault, type TokenSource } from './rest/token-source';
export { CloudSqlFleet, type CloudSqlFleetOptions } from './fleet/cloud-sql-fleet';
export { FirestoreLedger, type FirestoreLedgerOptions } from './ledger/firestore-ledger';
export { FirestoreHistory, type FirestoreHistoryOptions } from './history/firestore-history';
