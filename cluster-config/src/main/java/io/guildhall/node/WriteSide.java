package io.guildhall.node;

import io.guildhall.actors.Entities;
import io.guildhall.journal.Names;
import io.guildhall.node.Database.Part;
import io.guildhall.payment.DiscrepancyReporter;
import io.guildhall.port.PersonKeys;
import io.guildhall.port.SuspendedAccounts;

/** The aggregates as sharded entities over the journal, what records payments that do not fit, and the keys of personal data. */
record WriteSide(
        Entities entities, DiscrepancyReporter discrepancies, JournalProgress progress, PersonKeys personKeys) {
    /** Used in addition to those for replaying events: by the journal's writer, and for renewing the lease. */
    static final int OTHER_CONNECTIONS = 2;

    static WriteSide open(NodeContext context, Database database, SuspendedAccounts suspended) {
        var system = context.system();
        JournalDatabase.open(
                system.classicSystem(),
                database.pool(Part.JOURNAL),
                database.connections(Part.JOURNAL) - OTHER_CONNECTIONS);
        var personKeys = PersonalDataKeys.open(context, database);
        var entities = new Entities(
                system,
                Names.AGGREGATES,
                context.clock(),
                suspended,
                context.settings().askTimeout(),
                context.settings().maxActiveEntities());
        context.metrics().gauge("guildhall_entities_active", entities, Entities::activeCount);
        return new WriteSide(
                entities,
                new DiscrepancyReporter(entities),
                JournalDatabase.progress(system.classicSystem()),
                personKeys);
    }

    /** False while events wait that the journal does not write. */
    boolean isWriting() {
        return !progress.isStalled();
    }
}
