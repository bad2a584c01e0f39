package io.guildhall.projections.store;

import static io.guildhall.Await.result;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.journal.JournalSerializer;
import io.guildhall.journal.Names;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.TestNode;
import io.guildhall.testing.TestSuspensions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;

/** A node of one release: what it stores and sends is that of its own version of the aggregate. */
final class Release<S, C, R> implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Aggregate<S, C, ?, R> aggregate;
    private final ActorTestKit kit;
    private final Entities entities;

    private Release(Aggregate<S, C, ?, R> aggregate, ActorTestKit kit) {
        this.aggregate = aggregate;
        this.kit = kit;
        this.entities =
                new Entities(kit.system(), List.of(aggregate), Instant::now, new TestSuspensions(), TIMEOUT, 1_000);
    }

    static Release<
                    io.guildhall.projections.upgrade.present.Lamp,
                    io.guildhall.projections.upgrade.present.Lamp.Command,
                    io.guildhall.projections.upgrade.present.Lamp.Rejection>
            present(String databaseUrl) {
        return new Release<>(
                io.guildhall.projections.upgrade.present.Lamp.AGGREGATE,
                TestNode.start(databaseUrl, config(PresentSerializer.class, PresentNames.class)));
    }

    static Release<
                    io.guildhall.projections.upgrade.present.Lamp,
                    io.guildhall.projections.upgrade.present.Lamp.Command,
                    io.guildhall.projections.upgrade.present.Lamp.Rejection>
            presentBeside(Release<?, ?, ?> other, String databaseUrl) {
        return new Release<>(
                io.guildhall.projections.upgrade.present.Lamp.AGGREGATE,
                TestNode.startNextTo(other.kit, databaseUrl, config(PresentSerializer.class, PresentNames.class)));
    }

    static Release<
                    io.guildhall.projections.upgrade.next.Lamp,
                    io.guildhall.projections.upgrade.next.Lamp.Command,
                    io.guildhall.projections.upgrade.next.Lamp.Rejection>
            next(String databaseUrl) {
        return new Release<>(
                io.guildhall.projections.upgrade.next.Lamp.AGGREGATE,
                TestNode.start(databaseUrl, config(NextSerializer.class, NextNames.class)));
    }

    private static Config config(Class<?> serializer, Class<?> names) {
        return ConfigFactory.parseString("""
                pekko.actor.serializers.journal = "%s"
                pekko.serialization.jackson.jackson-modules += "%s"
                jdbc-snapshot-store.snapshot-is-optional = true
                """.formatted(serializer.getName(), names.getName()));
    }

    ActorSystem<?> system() {
        return kit.system();
    }

    Entities entities() {
        return entities;
    }

    Outcome<S, R> execute(String id, C command) {
        return result(entities.execute(Correlation.NONE, aggregate, id, command));
    }

    S state(String id) {
        return result(entities.state(aggregate, id));
    }

    /** Stops the node. A second time it has no effect. */
    void stop() {
        kit.shutdownTestKit();
    }

    @Override
    public void close() {
        stop();
    }

    /** Stores the present version. */
    public static final class PresentSerializer extends JournalSerializer {
        public PresentSerializer() {
            super(List.of(io.guildhall.projections.upgrade.present.Lamp.AGGREGATE));
        }
    }

    /** Stores the next version. */
    public static final class NextSerializer extends JournalSerializer {
        public NextSerializer() {
            super(List.of(io.guildhall.projections.upgrade.next.Lamp.AGGREGATE));
        }
    }

    /** Sends the present version. */
    public static final class PresentNames extends Names {
        private static final long serialVersionUID = 1L;

        public PresentNames() {
            super(List.of(io.guildhall.projections.upgrade.present.Lamp.AGGREGATE));
        }
    }

    /** Sends the next version. */
    public static final class NextNames extends Names {
        private static final long serialVersionUID = 1L;

        public NextNames() {
            super(List.of(io.guildhall.projections.upgrade.next.Lamp.AGGREGATE));
        }
    }
}
