package io.guildhall.node;

import io.guildhall.actors.Entities;
import io.guildhall.journal.Names;
import io.guildhall.payment.DiscrepancyReporter;
import java.util.Locale;

/** The aggregates as sharded entities over the journal, and what records payments that do not fit. */
record WriteSide(Entities entities, DiscrepancyReporter discrepancies) {
    static WriteSide open(NodeContext context, Database database) {
        var system = context.system();
        JournalDatabase.open(system.classicSystem(), database.journal(), Database.JOURNAL_CONNECTIONS);
        var entities = new Entities(
                system, Names.AGGREGATES, context.clock(), context.settings().askTimeout());
        var discrepancies = new DiscrepancyReporter(
                entities,
                kind -> context.metrics()
                        .counter(
                                "guildhall_payment_discrepancies",
                                "kind",
                                kind.name().toLowerCase(Locale.ROOT))
                        .increment());
        return new WriteSide(entities, discrepancies);
    }
}
