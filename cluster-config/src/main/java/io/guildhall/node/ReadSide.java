package io.guildhall.node;

import io.guildhall.node.Database.Part;
import io.guildhall.port.Alerts;
import io.guildhall.port.Embeddings;
import io.guildhall.projections.readmodel.ReadModel;
import io.guildhall.projections.readmodel.account.Sessions;
import io.guildhall.projections.readmodel.live.LiveEvents;
import io.guildhall.projections.readmodel.room.CurrentMessages;
import io.guildhall.projections.store.EntityJournal;
import io.guildhall.projections.store.ExportTable;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.view.Views;
import io.guildhall.projections.view.account.SqlSessions;
import io.guildhall.projections.view.live.SqlLiveEvents;
import io.guildhall.projections.view.notification.SqlNotifications;
import io.guildhall.projections.view.room.RoomJournal;
import io.guildhall.projections.view.room.SqlCurrentMessages;
import io.guildhall.projections.view.room.SqlRoomList;
import io.guildhall.projections.view.search.SqlAlerts;
import io.guildhall.projections.view.search.SqlEmbeddings;

/** The read model, and the tables of the search index and of alerts. Each has its own limit of concurrent queries. */
record ReadSide(
        ReadModel readModel,
        Sessions sessions,
        LiveEvents live,
        CurrentMessages messages,
        Embeddings embeddings,
        Alerts alerts) {
    /**
     * Used in addition to those for queries: for signing keys, for the sessions that have ended, for the suspended
     * accounts, and for exports.
     */
    static final int OTHER_QUERY_CONNECTIONS = 3 + ExportTable.CONNECTIONS;

    static final int ALERT_CONCURRENCY = 1;
    /** Used in addition to those that read the events of the live API. */
    static final int SWEEP_CONNECTIONS = 1;

    static ReadSide open(NodeContext context, Database database) {
        int queries = database.connections(Part.QUERIES) - OTHER_QUERY_CONNECTIONS;
        var index = database.pool(Part.SEARCH_INDEX);
        var liveDatabase = new ReadDatabase(
                database.pool(Part.LIVE_EVENTS), database.connections(Part.LIVE_EVENTS) - SWEEP_CONNECTIONS);
        var journal = new EntityJournal(database.pool(Part.LIVE_EVENTS), context.system());
        var rooms = new RoomJournal(journal);
        return new ReadSide(
                Views.readModel(
                        new ReadDatabase(database.pool(Part.QUERIES), queries),
                        new ReadDatabase(
                                database.pool(Part.MESSAGE_SEARCHES), database.connections(Part.MESSAGE_SEARCHES))),
                sessions(context, database),
                new SqlLiveEvents(liveDatabase, journal, rooms, SqlNotifications::find, SqlRoomList::find),
                new SqlCurrentMessages(liveDatabase, rooms),
                new SqlEmbeddings(new ReadDatabase(index, database.connections(Part.SEARCH_INDEX) - ALERT_CONCURRENCY)),
                new SqlAlerts(new ReadDatabase(index, ALERT_CONCURRENCY)));
    }

    private static Sessions sessions(NodeContext context, Database database) {
        var sessions = new SqlSessions(new ReadDatabase(
                database.pool(Part.SESSIONS), database.connections(Part.SESSIONS) - SqlSessions.SWEEP_CONNECTIONS));
        context.openParts().add(context.loops().start("session-sweep", () -> sessions.sweep(context.clock())));
        return sessions;
    }
}
