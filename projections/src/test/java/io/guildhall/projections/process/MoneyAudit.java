package io.guildhall.projections.process;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares our journal with the payment provider's own records. */
record MoneyAudit(ProcessFixture fixture) {

    void verify() {
        assertThat(fixture.queryNumber("""
                SELECT count(*) FROM (SELECT movement FROM sandbox.balance_entry GROUP BY movement
                                      HAVING sum(amount) <> 0 OR count(*) <> 2) AS odd
                """))
                .as("ledger entries of the provider that do not balance")
                .isZero();
        assertThat(sumInJournal("escrow.money-held", "deal,amount,amount") + surplus("CHARGE"))
                .as("held, in our journal and in the provider's records")
                .isEqualTo(fixture.queryNumber(
                        "SELECT coalesce(sum(amount), 0) FROM sandbox.payment_intent WHERE status = 'succeeded'"));
        assertThat(sumInJournal("escrow.money-released", "net,amount") + surplus("TRANSFER"))
                .as("released")
                .isEqualTo(fixture.queryNumber(
                        "SELECT coalesce(sum(amount), 0) FROM sandbox.transfer WHERE status = 'paid'"));
        assertThat(refunded() + sumInJournal("discrepancy.returned", "report,amount,amount") + surplus("REFUND"))
                .as("refunded")
                .isEqualTo(fixture.queryNumber(
                        "SELECT coalesce(sum(amount), 0) FROM sandbox.refund WHERE status = 'succeeded'"));
        assertThat(fixture.queryNumber("""
                SELECT count(*) FROM (
                       SELECT persistence_id FROM event_journal,
                              LATERAL (SELECT convert_from(event_payload, 'UTF8')::jsonb AS event) json
                        WHERE event_ser_manifest IN ('escrow.money-released', 'escrow.money-refunded')
                        GROUP BY persistence_id
                       HAVING sum(CASE event_ser_manifest
                                  WHEN 'escrow.money-released'
                                  THEN (event #>> '{fee,amount}')::bigint + (event #>> '{net,amount}')::bigint
                                  ELSE coalesce(event #>> '{part,amount}', event #>> '{deal,amount,amount}')::bigint END)
                              > max((event #>> '{deal,amount,amount}')::bigint)) AS too_much
                """))
                .as("escrows that released and refunded more than they held")
                .isZero();
        assertThat(fixture.queryNumber("""
                SELECT count(*) FROM (SELECT subject FROM sandbox.payment_intent WHERE status = 'succeeded'
                                         AND id NOT IN (SELECT payment FROM sandbox.refund
                                                         WHERE status = 'succeeded' AND subject LIKE 'dsc%')
                                       GROUP BY subject HAVING count(*) > 1
                            UNION ALL SELECT subject FROM sandbox.transfer WHERE status = 'paid' GROUP BY subject HAVING count(*) > 1
                            UNION ALL SELECT subject FROM sandbox.refund WHERE status = 'succeeded' GROUP BY subject HAVING count(*) > 1) AS twice
                 WHERE 'escrow|' || subject NOT IN (SELECT persistence_id FROM event_journal WHERE event_ser_manifest = 'escrow.split-redirected')
                """))
                .as("escrows charged, released or refunded twice without a redirected part")
                .isZero();
    }

    /** The whole amount of an escrow, or the refunded part of a split. */
    private long refunded() {
        return fixture.queryNumber("""
                SELECT coalesce(sum(coalesce(event #>> '{part,amount}', event #>> '{deal,amount,amount}')::bigint), 0)
                  FROM (SELECT convert_from(event_payload, 'UTF8')::jsonb AS event FROM event_journal
                         WHERE event_ser_manifest = 'escrow.money-refunded') AS refunds
                """);
    }

    /** Money that moved without an escrow to account for it, less what came back after an escrow had counted it. */
    private long surplus(String movement) {
        return fixture.queryNumber("""
                SELECT coalesce(sum((event #>> '{report,amount,amount}')::bigint
                                    * CASE event #>> '{report,kind}' WHEN 'REVERSED' THEN -1 ELSE 1 END), 0)
                  FROM (SELECT convert_from(event_payload, 'UTF8')::jsonb AS event FROM event_journal
                         WHERE event_ser_manifest = 'discrepancy.reported') AS reported
                 WHERE event #>> '{report,movement}' = ? AND event #>> '{report,kind}' <> 'FALSE_REPORT'
                """, movement);
    }

    long platformFees() {
        return fixture.queryNumber(
                "SELECT coalesce(sum(amount), 0) FROM sandbox.balance_entry WHERE account = 'platform'");
    }

    private long sumInJournal(String name, String path) {
        return fixture.queryNumber("""
                SELECT coalesce(sum((convert_from(event_payload, 'UTF8')::jsonb #>> ?::text[])::bigint), 0)
                  FROM event_journal WHERE event_ser_manifest = ?
                """, "{" + path + "}", name);
    }
}
