package io.guildhall.journal;

import static io.guildhall.journal.EncryptedRoundTrip.decrypt;
import static io.guildhall.journal.EncryptedRoundTrip.encrypt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.guildhall.domain.email.EmailEvent;
import io.guildhall.domain.job.JobDetails;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.domain.profile.ProfileEvent;
import io.guildhall.domain.review.Ratings;
import io.guildhall.domain.review.ReviewEvent;
import io.guildhall.domain.review.Side;
import io.guildhall.domain.review.Subject;
import io.guildhall.domain.room.Attachment;
import io.guildhall.domain.room.Mention;
import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.domain.webhook.WebhooksEvent;
import io.guildhall.kernel.AesGcm;
import io.guildhall.kernel.EmailAddress;
import io.guildhall.kernel.Money;
import io.guildhall.kernel.Personal;
import io.guildhall.port.PersonKey;
import io.guildhall.port.PersonKey.Destroyed;
import io.guildhall.port.PersonKey.Usable;
import java.io.NotSerializableException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PersonalDataTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final MessagePosted MESSAGE = new MessagePosted(
            "msg_1",
            1,
            "acc_ada",
            "Hello @ben, call me: {\"$encrypted\":\"1:acc_ada:AAAA\"}",
            Optional.empty(),
            Optional.of(List.of(new Mention("ben", "acc_ben"))),
            Optional.of(List.of(new Attachment("fil_1", "My plan.pdf", "application/pdf", 5))),
            AT);

    private final Map<String, PersonKey> keys = new HashMap<>();

    private Optional<PersonKey> lookUp(String id) {
        return Optional.of(keys.computeIfAbsent(id, _ -> new Usable(AesGcm.createKey())));
    }

    private static String json(EncryptedPayload payload) {
        return new String(payload.json(), UTF_8);
    }

    private static JsonNode tree(EncryptedPayload payload) throws Exception {
        return JSON.readTree(payload.json());
    }

    static Stream<Arguments> golden() {
        return GoldenFiles.all().stream().map(it -> arguments(it.name(), it.json()));
    }

    /** Also an event that was written before its component was personal. */
    @ParameterizedTest
    @MethodSource("golden")
    void readsEveryEventEncryptedAndPlain(String name, String plain) throws Exception {
        var event = new JournalSerializer().fromBinary(plain.getBytes(UTF_8), name);
        var encrypted = encrypt(event, List.of("acc_owner"), this::lookUp);
        assertThat(decrypt(encrypted, this::lookUp)).isEqualTo(event);
        assertThat(decrypt(new EncryptedPayload(name, plain.getBytes(UTF_8)), this::lookUp))
                .isEqualTo(event);
        var notPersonal = PersonalText.others(event);
        assertThat(PersonalText.in(event))
                .filteredOn(it -> !notPersonal.contains(it))
                .allSatisfy(it -> assertThat(json(encrypted)).doesNotContain(JSON.writeValueAsString(it)));
        keys.replaceAll((_, _) -> new Destroyed());
        assertThat(decrypt(encrypted, this::lookUp)).isInstanceOf(event.getClass());
    }

    @Test
    void encryptsTextsAndLeavesIdsReadable() throws Exception {
        var stored = encrypt(MESSAGE, List.of(), this::lookUp);
        assertThat(json(stored)).contains("\"by\":\"acc_ada\"", "\"fileId\":\"fil_1\"", "\"accountId\":\"acc_ben\"");
        assertThat(json(stored)).doesNotContain("Hello", "plan", "\"ben\"");
        assertThat(tree(stored).at("/text/$encrypted").asText()).startsWith("1:acc_ada:");
        assertThat(tree(stored).at("/mentions/0/handle/$encrypted").asText()).startsWith("1:acc_ben:");
        assertThat(PayloadCipher.personsOf(stored)).containsExactlyInAnyOrder("acc_ada", "acc_ben");
        assertThat(decrypt(stored, this::lookUp)).isEqualTo(MESSAGE);
    }

    @Test
    void usesAnotherNonceEachTime() {
        assertThat(json(encrypt(MESSAGE, List.of(), this::lookUp)))
                .isNotEqualTo(json(encrypt(MESSAGE, List.of(), this::lookUp)));
    }

    /** The encrypted form of a stored event never changes: this file was written once. */
    @Test
    void readsGoldenEncryptedEvent() throws Exception {
        var key = new Usable(
                AesGcm.key("a key of the golden encrypted file".substring(0, 32).getBytes(UTF_8)));
        try (var file = PersonalDataTest.class.getResourceAsStream("/journal-encrypted/room.said.json")) {
            var json = new String(file.readAllBytes(), UTF_8).strip();
            assertThat(decrypt(
                            "room|rm_1",
                            new EncryptedPayload("room.said", json.getBytes(UTF_8)),
                            _ -> Optional.of(key)))
                    .isEqualTo(MESSAGE);
        }
    }

    @Test
    void readsDataOfDestroyedKeyAsErased() {
        var stored = encrypt(MESSAGE, List.of(), this::lookUp);
        keys.put("acc_ada", new Destroyed());
        assertThat(decrypt(stored, this::lookUp))
                .isEqualTo(new MessagePosted(
                        "msg_1",
                        1,
                        "acc_ada",
                        Personal.ERASED,
                        Optional.empty(),
                        MESSAGE.mentions(),
                        Optional.of(List.of(new Attachment("fil_1", Personal.ERASED, "application/pdf", 5))),
                        AT));
        keys.put("acc_ben", new Destroyed());
        assertThat(decrypt(stored, this::lookUp))
                .asInstanceOf(type(MessagePosted.class))
                .extracting(it -> it.mentions().orElseThrow().getFirst().handle())
                .isEqualTo(Personal.ERASED);
    }

    /** Collections become empty, optional texts absent. */
    @Test
    void readsErasedCollectionAsEmpty() {
        var posted = new JobEvent.Posted("acc_ada", job(), AT);
        var stored = encrypt(posted, List.of("acc_ada"), this::lookUp);
        keys.put("acc_ada", new Destroyed());
        assertThat(decrypt(stored, this::lookUp))
                .asInstanceOf(type(JobEvent.Posted.class))
                .satisfies(it -> {
                    assertThat(it.details().skills()).isEmpty();
                    assertThat(it.details().title()).isEqualTo(Personal.ERASED);
                    assertThat(it.details().budgetMax())
                            .isEqualTo(posted.details().budgetMax());
                });
    }

    private static JobDetails job() {
        return new JobDetails(
                "A site",
                "About my firm",
                "web",
                List.of("Java"),
                JobDetails.Pay.FIXED,
                new Money(1, "EUR"),
                new Money(2, "EUR"),
                Optional.empty());
    }

    /** Where a text is parsed, such as by a view. */
    @Test
    void readsErasedEmailAddressesAndLinksAsSuch() {
        var confirmed = new EmailEvent.Confirmed("acc_ada", "ada@example.com", "n", AT);
        var registered = new WebhooksEvent.Registered("whk_1", "https://ada.example", List.of(), AT);
        var stored = List.of(
                encrypt(confirmed, List.of(), this::lookUp), encrypt(registered, List.of("acc_ada"), this::lookUp));
        keys.put("acc_ada", new Destroyed());
        assertThat(decrypt(stored.getFirst(), this::lookUp))
                .isEqualTo(new EmailEvent.Confirmed("acc_ada", Personal.ERASED_EMAIL, "n", AT));
        assertThat(EmailAddress.parse(Personal.ERASED_EMAIL).canonical()).isEqualTo(Personal.ERASED_EMAIL);
        assertThat(decrypt(stored.getLast(), this::lookUp))
                .isEqualTo(new WebhooksEvent.Registered("whk_1", Personal.ERASED_URL, List.of(), AT));
    }

    /** A process can write an event about an account that was erased before. */
    @Test
    void writesNothingOfAPersonWhoseKeyWasDestroyed() throws Exception {
        keys.put("acc_ada", new Destroyed());
        var stored = encrypt(MESSAGE, List.of(), this::lookUp);
        assertThat(tree(stored).at("/text/$encrypted").asText()).isEqualTo("1:acc_ada:");
        assertThat(decrypt(stored, this::lookUp))
                .asInstanceOf(type(MessagePosted.class))
                .extracting(MessagePosted::text)
                .isEqualTo(Personal.ERASED);
    }

    @Test
    void textOfTwoPersonsIsErasedWithTheFirstOfThem() {
        var subject = new Subject("ctr_1", "A site", Side.CLIENT, "acc_ada", "acc_ben", AT);
        var stored = encrypt(new ReviewEvent.Opened(subject, AT), List.of(), this::lookUp);
        assertThat(decrypt(stored, this::lookUp)).isEqualTo(new ReviewEvent.Opened(subject, AT));
        keys.put("acc_ada", new Destroyed());
        assertThat(((ReviewEvent.Opened) decrypt(stored, this::lookUp))
                        .subject()
                        .title())
                .isEqualTo(Personal.ERASED);
    }

    /** A review stays, as one by a former client. */
    @Test
    void reviewIsErasedWithItsSubjectOnly() {
        var subject = new Subject("ctr_1", "A site", Side.CLIENT, "acc_ada", "acc_ben", AT);
        var stored = encrypt(
                new ReviewEvent.Revealed(subject, new Ratings(5, 5, 5, 5, 5), "Well done", AT),
                List.of(),
                this::lookUp);
        keys.put("acc_ada", new Destroyed());
        assertThat(((ReviewEvent.Revealed) decrypt(stored, this::lookUp)).text())
                .isEqualTo("Well done");
        keys.put("acc_ben", new Destroyed());
        assertThat(((ReviewEvent.Revealed) decrypt(stored, this::lookUp)).text())
                .isEqualTo(Personal.ERASED);
    }

    @Test
    void personalDataWithoutPersonIsNotWritten() {
        assertThatThrownBy(() -> encrypt(new ProfileEvent.Created("ada", "Ada", "GB", AT), List.of(), this::lookUp))
                .hasStackTraceContaining(
                        "no person is named for the personal data 'handle' of " + EncryptedRoundTrip.ENTITY);
    }

    @Test
    void encryptedDataCannotBeReadForAnotherEntity() {
        assertThat(decrypt("room|other", encrypt(MESSAGE, List.of(), this::lookUp), this::lookUp))
                .asInstanceOf(type(UnreadableEvent.class))
                .extracting(UnreadableEvent::reason)
                .asString()
                .contains("the encrypted 'text' does not belong to room|other room.said, or was changed");
    }

    @Test
    void encryptedDataCannotBeReadInAnotherEventOrComponent() {
        var stored = encrypt(MESSAGE, List.of(), this::lookUp);
        var moved = json(stored).replace("\"text\"", "\"other\"").replace("\"name\"", "\"text\"");
        assertThat(moved).contains("\"text\":{\"$encrypted\"");
        var edited = new EncryptedPayload("room.message-edited", ("{\"text\":" + field(stored) + "}").getBytes(UTF_8));
        assertThat(decrypt(edited, this::lookUp)).isInstanceOf(UnreadableEvent.class);
        var handle = new EncryptedPayload("profile.created", ("{\"name\":" + field(stored) + "}").getBytes(UTF_8));
        assertThat(decrypt(handle, this::lookUp)).isInstanceOf(UnreadableEvent.class);
    }

    private static String field(EncryptedPayload stored) {
        try {
            return tree(stored).get("text").toString();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void changedDataIsNotRead() {
        var stored = json(encrypt(MESSAGE, List.of(), this::lookUp));
        for (var changed : List.of(
                stored.replaceFirst("1:acc_ada:.", "1:acc_ada:_"),
                stored.replaceFirst("1:acc_ada", "1:acc_eve"),
                stored.replaceFirst("1:acc_ada", "2:acc_ada"),
                stored.replaceFirst("1:acc_ada:[^\"]+", "1:acc_ada:AAAA"),
                stored.replaceFirst("1:acc_ada:[^\"]+", "nothing")))
            assertThat(decrypt(new EncryptedPayload("room.said", changed.getBytes(UTF_8)), this::lookUp))
                    .as(changed)
                    .isInstanceOf(UnreadableEvent.class);
    }

    /** Without keys, the serializer does not guess what an encrypted event says. */
    @Test
    void serializerReturnsEncryptedPayloadAsItIs() throws NotSerializableException {
        var serializer = new JournalSerializer();
        var stored = encrypt(MESSAGE, List.of(), this::lookUp);
        assertThat(serializer.toBinary(stored)).isEqualTo(stored.json());
        assertThat(serializer.manifest(stored)).isEqualTo("room.said");
        assertThat(serializer.fromBinary(stored.json(), "room.said")).isInstanceOf(EncryptedPayload.class);
        assertThat(UnreadableEvent.find(stored)).isPresent();
    }
}
