package io.guildhall.projections;

import io.guildhall.actors.Entities;
import io.guildhall.journal.Names;
import io.guildhall.projections.store.Migrations;
import io.guildhall.testing.TestDatabase;
import io.guildhall.testing.TestSuspensions;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.postgresql.ds.PGSimpleDataSource;

/** A node with all entities and a new database, for tests of a queue that is delivered on nodes. */
public final class EntityNode implements AutoCloseable {
    public final PGSimpleDataSource database = new PGSimpleDataSource();
    public final Entities entities;
    private final ActorTestKit kit;

    public EntityNode() {
        var url = TestDatabase.migratedUrl(Migrations::run);
        database.setUrl(url);
        kit = TestNode.start(url);
        entities = new Entities(
                kit.system(),
                Names.AGGREGATES,
                InstantSource.system(),
                new TestSuspensions(),
                Duration.ofSeconds(10),
                1_000);
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }
}
