package io.guildhall.projections.relay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.relay.PublishedEvents.Identified;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;

/** Writes published events as CloudEvents 1.0, in the structured mode of JSON. */
final class CloudEventJson {
    static final String CONTENT_TYPE = JsonFormat.CONTENT_TYPE + "; charset=UTF-8";

    private static final URI SOURCE = URI.create("urn:guildhall");
    private static final int VERSION = 1;
    private static final JsonFormat FORMAT = new JsonFormat();
    private static final JsonMapper DATA = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .serializationInclusion(JsonInclude.Include.NON_ABSENT)
            .build();

    private CloudEventJson() {}

    static byte[] write(Identified identified, Recorded<?> recorded) {
        return write(identified, recorded.at(), recorded.sequence());
    }

    /** @param sequence of the event that has caused it */
    static byte[] write(Identified identified, Instant at, long sequence) {
        var event = identified.event();
        return write(identified.id(), event.publishedName(), event.key(), event, at, sequence);
    }

    private record Test(String webhookId) {}

    /** The event by which the owner of a webhook tests it. */
    static byte[] writeTest(String id, String webhookId, Recorded<?> recorded) {
        return write(id, "webhook.test", webhookId, new Test(webhookId), recorded.at(), recorded.sequence());
    }

    /** Sequence numbers are padded, since consumers compare them as text. */
    private static byte[] write(String id, String name, String subject, Object data, Instant at, long sequence) {
        return FORMAT.serialize(CloudEventBuilder.v1()
                .withId(id)
                .withSource(SOURCE)
                .withType("io.guildhall." + name + ".v" + VERSION)
                .withSubject(subject)
                .withTime(at.atOffset(ZoneOffset.UTC))
                .withData("application/json", schema(name), JsonCloudEventData.wrap(DATA.valueToTree(data)))
                .withExtension("partitionkey", subject)
                .withExtension("sequence", "%019d".formatted(sequence))
                .build());
    }

    /** The id of the schema: its file is {@code schemas/NAME.v1.json}. */
    private static URI schema(String name) {
        return URI.create("urn:guildhall:schema:" + name + ":v" + VERSION);
    }
}
