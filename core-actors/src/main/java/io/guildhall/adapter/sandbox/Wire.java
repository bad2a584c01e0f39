package io.guildhall.adapter.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guildhall.kernel.PlainText;
import io.guildhall.port.PaymentGateway.Answer;
import io.guildhall.port.PaymentGateway.Event;
import io.guildhall.port.PaymentGateway.News;
import io.guildhall.port.PaymentGateway.Purpose;
import java.io.IOException;
import java.time.Instant;

/** How the provider writes what it tells, and how it is read: an envelope with a type and the object as it stood. */
final class Wire {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Wire() {}

    /** What is told, before it has an identity. */
    record Message(String type, ObjectNode object) {}

    static Message charge(Entry entry) {
        return new Message("payment_intent." + suffix(entry.answer()), object(entry));
    }

    static Message transfer(Entry entry) {
        return new Message("transfer." + suffix(entry.answer()), object(entry));
    }

    static Message refund(Entry entry) {
        return new Message("refund." + suffix(entry.answer()), object(entry));
    }

    static Message account(Accounts.Row row) {
        var object = JsonNodeFactory.instance.objectNode();
        object.put("id", row.id()).put("owner", row.owner()).put("status", row.status());
        return new Message("account.updated", object);
    }

    static String envelope(String id, Instant at, Message message) {
        var envelope = JsonNodeFactory.instance.objectNode();
        envelope.put("id", id).put("type", message.type()).put("created", at.getEpochSecond());
        envelope.putObject("data").set("object", message.object());
        return envelope.toString();
    }

    static Event event(byte[] body) throws IOException {
        var envelope = JSON.readTree(body);
        return new Event(
                text(envelope, "id"),
                Instant.ofEpochSecond(envelope.required("created").asLong()),
                news(text(envelope, "type"), envelope.required("data").required("object")));
    }

    private static News news(String type, JsonNode object) {
        return switch (type.substring(0, Math.max(0, type.indexOf('.')))) {
            case "payment_intent" -> new News.OfCharge(purpose(object), answer(object));
            case "transfer" -> new News.OfTransfer(purpose(object), answer(object));
            case "refund" -> new News.OfRefund(purpose(object), answer(object));
            case "account" -> new News.OfAccount(text(object, "id"), text(object, "owner"));
            case String _ -> new News.Other(type);
        };
    }

    private static ObjectNode object(Entry entry) {
        var object = JsonNodeFactory.instance.objectNode();
        object.put("id", entry.id());
        object.put("status", suffix(entry.answer()));
        object.put("amount", entry.amount().amount())
                .put("currency", entry.amount().currency());
        object.putObject("metadata")
                .put("key", entry.purpose().key())
                .put("escrow", entry.purpose().escrow())
                .put("attempt", entry.purpose().attempt());
        switch (entry.answer()) {
            case Answer.Declined declined -> object.put("code", declined.code());
            case Answer.ActionRequired action -> object.put("client_secret", action.clientSecret());
            case Answer.Succeeded _, Answer.Pending _, Answer.Unknown _ -> {}
        }
        return object;
    }

    private static String suffix(Answer answer) {
        return switch (answer) {
            case Answer.Succeeded _ -> "succeeded";
            case Answer.Declined _ -> "failed";
            case Answer.ActionRequired _ -> "requires_action";
            case Answer.Pending _ -> "processing";
            case Answer.Unknown _ -> throw new IllegalStateException("the provider knows its own books");
        };
    }

    private static Answer answer(JsonNode object) {
        return switch (text(object, "status")) {
            case "succeeded" -> new Answer.Succeeded(text(object, "id"));
            case "failed" -> new Answer.Declined(text(object, "code"));
            case "requires_action" -> new Answer.ActionRequired(text(object, "id"), text(object, "client_secret"));
            case "processing" -> new Answer.Pending(text(object, "id"));
            case String other -> new Answer.Unknown("the provider says " + other);
        };
    }

    private static Purpose purpose(JsonNode object) {
        var metadata = object.required("metadata");
        return new Purpose(
                text(metadata, "key"),
                text(metadata, "escrow"),
                metadata.required("attempt").asInt());
    }

    private static String text(JsonNode object, String field) {
        var text = object.required(field).asText();
        if (!PlainText.is(text)) throw new IllegalArgumentException(field + " has control characters");
        return text;
    }
}
