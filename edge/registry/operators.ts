import type { MerchantNo, OperatorNo } from '../../shared/protocol/identifiers.ts';
import type { OperatorAnswer } from '../../shared/protocol/wire/terminals.ts';

interface OperatorRow extends Record<string, SqlStorageValue> {
  operator_no: string;
  name: string;
  status: string;
  created_at_ms: number;
  has_passkey: number;
}

/** A cashier as the console shows them. */
export interface Operator {
  readonly operatorNo: OperatorNo;
  readonly name: string;
  readonly status: 'open' | 'closed';
  readonly hasPasskey: boolean;
  readonly createdAtMs: number;
}

const SELECT_OPERATORS = `
  SELECT o.operator_no, o.name, o.status, o.created_at_ms, EXISTS (SELECT 1 FROM passkeys p
    WHERE p.merchant_no = o.merchant_no AND p.operator_no = o.operator_no) AS has_passkey
  FROM operators o WHERE o.merchant_no = ?`;

export function listOperators(sql: SqlStorage, merchantNo: MerchantNo): Operator[] {
  return sql.exec<OperatorRow>(`${SELECT_OPERATORS} ORDER BY o.operator_no`, merchantNo).toArray().map(toOperator);
}

export function findOperator(sql: SqlStorage, merchantNo: MerchantNo, operatorNo: OperatorNo): Operator | undefined {
  const [row] = sql.exec<OperatorRow>(`${SELECT_OPERATORS} AND o.operator_no = ?`, merchantNo, operatorNo).toArray();
  return row && toOperator(row);
}

/** @returns false when the number is taken */
export function insertOperator(
  sql: SqlStorage,
  merchantNo: MerchantNo,
  { operatorNo, name }: { operatorNo: OperatorNo; name: string },
  nowMs: number,
): boolean {
  const { rowsWritten } = sql.exec(
    `INSERT INTO operators (merchant_no, operator_no, name, status, created_at_ms) VALUES (?, ?, ?, 'open', ?)
     ON CONFLICT DO NOTHING`,
    merchantNo,
    operatorNo,
    name,
    nowMs,
  );
  return rowsWritten > 0;
}

/** As a till lists them: who may work there. */
export function operatorAnswers(sql: SqlStorage, merchantNo: MerchantNo): OperatorAnswer[] {
  return listOperators(sql, merchantNo)
    .filter(({ status }) => status === 'open')
    .map(toOperatorAnswer);
}

export function toOperatorAnswer({ operatorNo, name, hasPasskey }: Operator): OperatorAnswer {
  return { operatorNo, name, hasPasskey };
}

export function formatOperatorSubject(merchantNo: MerchantNo, operatorNo: OperatorNo): string {
  return `${merchantNo}/${operatorNo}`;
}

function toOperator(row: OperatorRow): Operator {
  return {
    operatorNo: row.operator_no as OperatorNo,
    name: row.name,
    status: row.status as Operator['status'],
    hasPasskey: row.has_passkey === 1,
    createdAtMs: row.created_at_ms,
  };
}
