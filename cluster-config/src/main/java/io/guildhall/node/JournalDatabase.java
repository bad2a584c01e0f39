package io.guildhall.node;

import com.typesafe.config.Config;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.persistence.jdbc.db.EagerSlickDatabase;
import org.apache.pekko.persistence.jdbc.db.SlickDatabase;
import org.apache.pekko.persistence.jdbc.db.SlickDatabaseProvider;
import scala.Option;
import slick.jdbc.JdbcBackend$;
import slick.jdbc.JdbcBackend.JdbcDatabaseDef;
import slick.jdbc.PostgresProfile$;
import slick.util.AsyncExecutor;

/**
 * Provides the journal and the snapshot store with the node's own connection pool. So the actor system can start while
 * the database is still starting, and the configuration contains no password. Pekko creates it by the name in
 * persistence.conf.
 */
public final class JournalDatabase implements SlickDatabaseProvider {
    private static final int MAX_QUEUED_WRITES = 20_000;
    private static final Id ID = new Id();

    private final DatabaseExtension extension;

    public JournalDatabase(ActorSystem system) {
        this.extension = ID.get(system);
    }

    /**
     * Provides the pool to the journal, which waits for it.
     *
     * @param connections a pool that only the journal uses
     * @param count how many of its connections are for other work than writing events
     */
    static void open(ActorSystem system, DataSource connections, int count) {
        var threads = AsyncExecutor.apply("journal", count, count, MAX_QUEUED_WRITES, count);
        ID.get(system)
                .database
                .complete(JdbcBackend$.MODULE$
                        .Database()
                        .forDataSource(connections, Option.apply(count), threads, false));
    }

    static JournalProgress progress(ActorSystem system) {
        return ID.get(system).progress;
    }

    /** Blocks until {@link #open} has been called. */
    @Override
    public SlickDatabase database(Config config) {
        return new EagerSlickDatabase(extension.database.join(), PostgresProfile$.MODULE$) {
            private static final long serialVersionUID = 1L;

            @Override
            public boolean allowShutdown() {
                return false;
            }
        };
    }

    private static final class DatabaseExtension implements Extension {
        private final CompletableFuture<JdbcDatabaseDef> database = new CompletableFuture<>();
        private final JournalProgress progress = new JournalProgress();
    }

    private static final class Id extends AbstractExtensionId<DatabaseExtension> {
        @Override
        public DatabaseExtension createExtension(ExtendedActorSystem system) {
            return new DatabaseExtension();
        }
    }
}
