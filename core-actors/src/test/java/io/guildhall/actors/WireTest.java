package io.guildhall.actors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import io.guildhall.actors.AggregateEntity.Execute;
import io.guildhall.actors.AggregateEntity.Get;
import io.guildhall.actors.AggregateEntity.State;
import io.guildhall.actors.AggregateEntity.Stop;
import io.guildhall.journal.JournalSerializer;
import io.guildhall.journal.Names;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Correlation;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command, reply, event and state of every aggregate is unchanged after it was sent to another node. New ones are
 * included automatically.
 */
class WireTest {
    static final ActorTestKit kit = ActorTestKit.create("wire", ConfigFactory.load());
    static final TestProbe<Object> probe = kit.createTestProbe();
    static final int SAMPLES = 25;

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    static Stream<Class<?>> commands() {
        return Names.AGGREGATES.stream().map(Aggregate::commands).flatMap(Names::members);
    }

    static Stream<Class<?>> states() {
        return Names.AGGREGATES.stream().map(Aggregate::states).flatMap(Names::members);
    }

    static Stream<Object> rejections() {
        return Names.AGGREGATES.stream()
                .map(Aggregate::rejections)
                .flatMap(it -> Stream.<Object>of(it.getEnumConstants()));
    }

    static Stream<Class<?>> events() {
        return Names.AGGREGATES.stream().map(Aggregate::events).flatMap(Names::members);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void sendsEveryCommandBetweenNodes(Class<?> type) throws Exception {
        for (var command : samples(type))
            arrives(
                    new Execute<>(
                            command,
                            new Correlation("req-42"),
                            true,
                            probe.getRef().unsafeUpcast()),
                    "jackson-cbor");
    }

    @ParameterizedTest
    @MethodSource("states")
    void sendsEveryStateBetweenNodes(Class<?> type) throws Exception {
        for (var state : samples(type)) {
            arrives(new State<>(state), "jackson-cbor");
            arrives(new Outcome.Done<>(state), "jackson-cbor");
        }
    }

    @ParameterizedTest
    @MethodSource("rejections")
    void sendsEveryRejectionBetweenNodes(Object reason) throws Exception {
        arrives(new Outcome.Rejected<>(reason), "jackson-cbor");
    }

    @Test
    void sendsMessagesOutsideTheDomainBetweenNodes() throws Exception {
        arrives(new Get(probe.getRef().unsafeUpcast()), "jackson-cbor");
        arrives(new Stop(), "jackson-cbor");
        var failed = (StatusReply<?>) passed(StatusReply.error("could not decide"));
        assertEquals("could not decide", failed.getError().getMessage());
    }

    @ParameterizedTest
    @MethodSource("events")
    void serialisesEveryEvent(Class<?> type) throws Exception {
        for (var event : samples(type)) arrives(event, "journal");
    }

    @ParameterizedTest
    @MethodSource("states")
    void serialisesEveryState(Class<?> type) throws Exception {
        for (var state : samples(type)) arrives(state, "journal");
    }

    /** A fixed seed, so that a failure can be reproduced. */
    static List<Object> samples(Class<?> type) {
        var samples = new Samples(new Random(type.getName().hashCode()));
        return Stream.generate(() -> samples.create(type)).limit(SAMPLES).toList();
    }

    static void arrives(Object message, String serializer) throws Exception {
        var used = SerializationExtension.get(kit.system()).findSerializerFor(message);
        assertEquals(serializer.equals("journal"), used instanceof JournalSerializer, () -> message + " by " + used);
        assertEquals(message, passed(message));
    }

    static Object passed(Object message) throws Exception {
        var serialization = SerializationExtension.get(kit.system());
        var serializer = serialization.findSerializerFor(message);
        return serialization
                .deserialize(
                        serialization.serialize(message).get(),
                        serializer.identifier(),
                        Serializers.manifestFor(serializer, message))
                .get();
    }
}
