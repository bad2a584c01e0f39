package io.guildhall.node;

import io.guildhall.port.Alerts;
import io.guildhall.port.Embeddings;
import io.guildhall.projections.readmodel.ReadModel;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.view.Views;
import io.guildhall.projections.view.search.SqlAlerts;
import io.guildhall.projections.view.search.SqlEmbeddings;

/** The read model, and the tables of the search index and of alerts. Each has its own limit of concurrent queries. */
record ReadSide(ReadModel readModel, Embeddings embeddings, Alerts alerts) {
    private static final int READ_CONCURRENCY = 8;
    private static final int EMBEDDING_CONCURRENCY = 3;
    private static final int ALERT_CONCURRENCY = 1;

    static ReadSide open(Database database) {
        var pool = database.pool();
        return new ReadSide(
                Views.readModel(new ReadDatabase(pool, READ_CONCURRENCY)),
                new SqlEmbeddings(new ReadDatabase(pool, EMBEDDING_CONCURRENCY)),
                new SqlAlerts(new ReadDatabase(pool, ALERT_CONCURRENCY)));
    }
}
