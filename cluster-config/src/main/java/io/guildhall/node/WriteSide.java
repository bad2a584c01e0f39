package io.guildhall.node;

import io.guildhall.actors.Entities;
import io.guildhall.journal.Names;

/** The aggregates as sharded entities over the journal. */
record WriteSide(Entities entities) {
    static WriteSide open(NodeContext context, Database database) {
        var system = context.system();
        JournalDatabase.open(system.classicSystem(), database.journal(), Database.JOURNAL_CONNECTIONS);
        return new WriteSide(new Entities(
                system, Names.AGGREGATES, context.clock(), context.settings().askTimeout()));
    }
}
