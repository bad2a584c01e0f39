package io.guildhall;

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
 * Gives the journal and the snapshots the connections that the node has opened for them: the actor system starts while the database does, and
 * no configuration holds its password. Pekko makes it, by the name in persistence.conf.
 */
public final class JournalDatabase implements SlickDatabaseProvider {
    private static final int WAITING_WRITES = 20_000;
    private static final Id ID = new Id();

    private final Place place;

    public JournalDatabase(ActorSystem system) {
        this.place = ID.get(system);
    }

    /** @param connections that nobody else uses */
    static void open(ActorSystem system, DataSource connections, int count) {
        var threads = AsyncExecutor.apply("journal", count, count, WAITING_WRITES, count);
        ID.get(system)
                .database
                .complete(JdbcBackend$.MODULE$
                        .Database()
                        .forDataSource(connections, Option.apply(count), threads, false));
    }

    /** Waits until there is one. */
    @Override
    public SlickDatabase database(Config config) {
        return new EagerSlickDatabase(place.database.join(), PostgresProfile$.MODULE$) {
            private static final long serialVersionUID = 1L;

            @Override
            public boolean allowShutdown() {
                return false;
            }
        };
    }

    private static final class Place implements Extension {
        private final CompletableFuture<JdbcDatabaseDef> database = new CompletableFuture<>();
    }

    private static final class Id extends AbstractExtensionId<Place> {
        @Override
        public Place createExtension(ExtendedActorSystem system) {
            return new Place();
        }
    }
}
