package io.guildhall.projections.process;

import static org.assertj.core.api.Assertions.assertThat;

/** The three books compared: our journal, and the provider's own, which nobody here writes. */
record Books(House house) {

    void agree() {
        assertThat(house.number("""
                SELECT count(*) FROM (SELECT movement FROM sandbox.balance_entry GROUP BY movement
                                      HAVING sum(amount) <> 0 OR count(*) <> 2) AS odd
                """))
                .as("movements of the provider that do not balance")
                .isZero();
        assertThat(journalled("escrow.money-held", "deal,amount,amount"))
                .as("held, as we say and as the provider says")
                .isEqualTo(house.number(
                        "SELECT coalesce(sum(amount), 0) FROM sandbox.payment_intent WHERE status = 'succeeded'"));
        assertThat(journalled("escrow.money-released", "net,amount"))
                .as("paid out")
                .isEqualTo(house.number("SELECT coalesce(sum(amount), 0) FROM sandbox.transfer WHERE status = 'paid'"));
        assertThat(journalled("escrow.money-refunded", "deal,amount,amount"))
                .as("paid back")
                .isEqualTo(
                        house.number("SELECT coalesce(sum(amount), 0) FROM sandbox.refund WHERE status = 'succeeded'"));
        assertThat(house.number("""
                SELECT count(*) FROM (SELECT subject FROM sandbox.payment_intent WHERE status = 'succeeded' GROUP BY subject HAVING count(*) > 1
                            UNION ALL SELECT subject FROM sandbox.transfer WHERE status = 'paid' GROUP BY subject HAVING count(*) > 1
                            UNION ALL SELECT subject FROM sandbox.refund WHERE status = 'succeeded' GROUP BY subject HAVING count(*) > 1) AS twice
                """))
                .as("escrows charged, paid out or paid back twice")
                .isZero();
    }

    long platform() {
        return house.number("SELECT coalesce(sum(amount), 0) FROM sandbox.balance_entry WHERE account = 'platform'");
    }

    private long journalled(String name, String path) {
        return house.number("""
                SELECT coalesce(sum((convert_from(event_payload, 'UTF8')::jsonb #>> ?::text[])::bigint), 0)
                  FROM event_journal WHERE event_ser_manifest = ?
                """, "{" + path + "}", name);
    }
}
