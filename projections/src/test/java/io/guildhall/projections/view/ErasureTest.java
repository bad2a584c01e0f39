package io.guildhall.projections.view;

import static io.guildhall.Await.result;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.guildhall.domain.contact.ContactEvidence;
import io.guildhall.domain.contact.Contacts;
import io.guildhall.domain.contact.ContactsCommand;
import io.guildhall.domain.handle.Handle;
import io.guildhall.domain.handle.HandleCommand;
import io.guildhall.domain.hire.Hire;
import io.guildhall.domain.hire.HireCommand;
import io.guildhall.domain.hire.HireSource;
import io.guildhall.domain.mailaddress.MailAddress;
import io.guildhall.domain.mailaddress.MailAddressCommand;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.payout.PayoutAccountCommand;
import io.guildhall.domain.payout.PayoutStatus;
import io.guildhall.journal.EncryptedPayload;
import io.guildhall.journal.JournalEncryption;
import io.guildhall.journal.JournalEncryption.Plain;
import io.guildhall.journal.JournalEncryption.Stored;
import io.guildhall.journal.Names;
import io.guildhall.journal.PersonalText;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Personal;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.relay.PublishedEvents;
import io.guildhall.projections.view.EventStory.StoredEvent;
import io.guildhall.testing.TestPersonKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After the keys of persons were destroyed, all views can be rebuilt, and contain none of their texts. */
class ErasureTest {
    private static final Set<String> PLACEHOLDERS = Set.of(Personal.ERASED, Personal.ERASED_EMAIL, Personal.ERASED_URL);
    private static final List<StoredEvent<?>> STORY = story().events();
    private static final ViewFixture FIXTURE = new ViewFixture();
    private static final ActorTestKit KIT = ActorTestKit.create("erasure", ConfigFactory.load());
    private static final TestPersonKeys KEYS = new TestPersonKeys();
    private static final JournalEncryption ENCRYPTION = encryption();
    /** A part of these is contained in an id or a code, such as the handle {@code ann} in {@code acc_ann}. */
    private static final int MIN_LENGTH = 5;

    private final Map<String, Object> states = new HashMap<>();
    private final List<Plain> plain = new ArrayList<>();
    private List<EncryptedPayload> journal = List.of();

    /** Events of all views, and of the aggregates that no view follows. */
    private static EventStory story() {
        return HireScenario.allScenarios()
                .execute(
                        Handle.AGGREGATE,
                        Handle.id("annabella"),
                        new HandleCommand.Claim(HireScenario.ANN, "annabella"))
                .execute(PayoutAccount.AGGREGATE, HireScenario.ANN, new PayoutAccountCommand.Request("DE"))
                .execute(
                        PayoutAccount.AGGREGATE,
                        HireScenario.ANN,
                        new PayoutAccountCommand.RecordOpened(
                                "acct_1", PayoutStatus.PENDING, "https://provider.example/ann", Instant.EPOCH))
                .execute(
                        Hire.AGGREGATE,
                        "ctr_erased",
                        new HireCommand.Start(
                                HireSource.proposal("prp_1", 1),
                                Optional.of(HireScenario.JOB),
                                HireScenario.CLIENT,
                                "A hire that fails",
                                500,
                                Optional.empty(),
                                Duration.ofMinutes(5),
                                Optional.empty()))
                .execute(
                        MailAddress.AGGREGATE,
                        "address_1",
                        new MailAddressCommand.RecordRefusal(HireScenario.ANN, "550 no ann@example.org here"))
                .execute(
                        Contacts.AGGREGATE,
                        HireScenario.ANN,
                        new ContactsCommand.RequestConversation(
                                HireScenario.ANN,
                                HireScenario.BOB,
                                "req_1",
                                new ContactEvidence(ContactEvidence.Kind.PROPOSAL, "prp_1"),
                                Optional.of("Good day, Bob")));
    }

    private static JournalEncryption encryption() {
        var encryption = JournalEncryption.of(KIT.system().classicSystem());
        encryption.open(KEYS);
        return encryption;
    }

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    /** Writes the events as the entities do. */
    @BeforeEach
    void write() {
        for (var event : STORY) {
            var state = evolve(event.aggregate(), event);
            var accounts = event.aggregate().ownersOf(event.recorded().entityId(), state);
            plain.add(new Plain(id(event), event.recorded().event(), accounts));
        }
        journal = result(ENCRYPTION.encrypt(plain));
    }

    private <S, E> Object evolve(Aggregate<S, ?, E, ?> aggregate, StoredEvent<?> event) {
        var before = aggregate.states().cast(states.getOrDefault(id(event), aggregate.initialState()));
        var after = aggregate
                .evolve()
                .apply(before, aggregate.events().cast(event.recorded().event()));
        states.put(id(event), after);
        return after;
    }

    private static String id(StoredEvent<?> event) {
        return event.aggregate().name() + "|" + event.recorded().entityId();
    }

    /** The events as followers read them now. */
    private List<StoredEvent<?>> read() {
        var stored = new ArrayList<Stored>();
        for (int i = 0; i < journal.size(); i++) stored.add(new Stored(id(STORY.get(i)), journal.get(i)));
        var events = result(ENCRYPTION.decrypt(stored));
        var read = new ArrayList<StoredEvent<?>>();
        for (int i = 0; i < events.size(); i++) read.add(with(STORY.get(i), events.get(i)));
        return read;
    }

    private static <E> StoredEvent<E> with(StoredEvent<E> event, Object read) {
        var it = event.recorded();
        return new StoredEvent<>(
                event.aggregate(),
                new Recorded<>(
                        it.entityId(),
                        it.sequence(),
                        event.aggregate().events().cast(read),
                        it.at(),
                        it.correlation()));
    }

    private static Map<String, List<String>> views(List<StoredEvent<?>> events) {
        FIXTURE.empty();
        FIXTURE.apply(events);
        return FIXTURE.rows();
    }

    private static String text(Map<String, List<String>> rows) {
        return rows.values().stream().flatMap(List::stream).collect(joining("\n"));
    }

    private static void destroy(Set<String> accounts) {
        for (var account : accounts) {
            var _ = KEYS.destroy(account);
        }
        KEYS.forget();
    }

    private Set<String> allPersons() {
        return journal.stream()
                .flatMap(it -> Stream.of(new String(it.json(), UTF_8).split("\"\\$encrypted\":\"1:"))
                        .skip(1))
                .flatMap(it -> Stream.of(it.substring(0, it.indexOf(':')).split("\\+")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The personal texts of these events, without those that are part of an id, a code or the words of this program. */
    private static List<String> personalTexts(List<StoredEvent<?>> events) {
        var others = events.stream()
                .flatMap(it -> PersonalText.others(it.recorded().event()).stream())
                .collect(Collectors.toSet());
        return events.stream()
                .flatMap(it -> PersonalText.in(it.recorded().event()).stream())
                .filter(it -> it.length() >= MIN_LENGTH)
                .filter(it -> others.stream().noneMatch(other -> other.contains(it)))
                .distinct()
                .toList();
    }

    @Test
    void viewsDoNotSeeTheEncryption() {
        assertThat(journal.toString()).isNotEmpty();
        assertThat(views(read())).isEqualTo(views(STORY));
    }

    @Test
    void journalContainsNoPersonalText() {
        var dump = journal.stream().map(it -> new String(it.json(), UTF_8)).collect(joining("\n"));
        assertThat(personalTexts(STORY)).hasSizeGreaterThan(50).noneMatch(it -> dump.contains("\"" + it + "\""));
    }

    @Test
    void rebuildAfterTheErasureOfEveryoneContainsNoPersonalText() {
        destroy(allPersons());
        var erased = read();
        assertThat(PersonalText.in(
                        erased.stream().map(it -> it.recorded().event()).toList()))
                .allMatch(PLACEHOLDERS::contains);
        var rows = views(erased);
        var texts = text(rows);
        assertThat(personalTexts(STORY)).noneMatch(texts::contains);
        assertThat(rows.keySet()).isEqualTo(views(STORY).keySet());
    }

    /** The texts of the others stay. */
    @Test
    void rebuildAfterTheErasureOfOnePersonContainsNoneOfItsTexts() {
        destroy(Set.of(HireScenario.ANN));
        var erased = read();
        var rest = personalTexts(erased);
        var own = personalTexts(STORY).stream()
                .filter(it -> rest.stream().noneMatch(other -> other.contains(it)))
                .toList();
        var texts = text(views(erased));
        assertThat(own).contains(AccountScenario.MAIL).hasSizeGreaterThan(20).noneMatch(texts::contains);
        assertThat(rest).contains("bob@example.org").hasSizeGreaterThan(20);
        assertThat(texts).contains("bob@example.org", "Bob's");
    }

    /** Recoveries continue, and so do the relays. */
    @Test
    void entitiesRecoverFromErasedEvents() {
        destroy(allPersons());
        states.clear();
        for (var event : read()) {
            var state = evolve(event.aggregate(), event);
            assertThat(PersonalText.in(state)).allMatch(PLACEHOLDERS::contains);
            assertThat(publish(event)).isNotNull();
        }
    }

    private static <E> List<PublishedEvents.Identified> publish(StoredEvent<E> event) {
        return PublishedEvents.SOURCES.stream()
                .filter(it -> it.aggregate().equals(event.aggregate()))
                .flatMap(it -> ErasureTest.<E>cast(it).all(event.recorded()).stream())
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static <E> PublishedEvents.Source<E> cast(PublishedEvents.Source<?> source) {
        return (PublishedEvents.Source<E>) source;
    }

    /** Otherwise this test would not notice personal data in an aggregate that the story leaves out. */
    @Test
    void storyHasPersonalTextsOfEveryAggregateThatHasThem() {
        var inStory = STORY.stream()
                .filter(it -> !PersonalText.in(it.recorded().event()).isEmpty())
                .map(it -> it.aggregate().name())
                .collect(Collectors.toSet());
        assertThat(Names.AGGREGATES.stream()
                        .filter(it -> PersonalText.isIn(it.events()))
                        .map(Aggregate::name))
                .hasSizeGreaterThan(10)
                .isSubsetOf(inStory);
    }
}
