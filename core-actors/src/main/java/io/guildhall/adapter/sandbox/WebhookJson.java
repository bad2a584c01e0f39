package io.guildhall.adapter.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway.Change;
import io.guildhall.port.PaymentGateway.Event;
import io.guildhall.port.PaymentGateway.InstructionId;
import io.guildhall.port.PaymentGateway.Movement;
import io.guildhall.port.PaymentGateway.PaymentResult;
import java.io.IOException;
import java.time.Instant;
import java.util.regex.Pattern;

/** The JSON format of webhooks: an envelope with a type and the state of the object at that time. */
final class WebhookJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]{0,255}");

    private WebhookJson() {}

    /** The content of a webhook, before it has an id. */
    record Message(String type, ObjectNode object) {}

    static Message charge(PaymentRecord record) {
        return new Message("payment_intent." + suffix(record.result()), object(record));
    }

    static Message transfer(PaymentRecord record) {
        return new Message("transfer." + suffix(record.result()), object(record));
    }

    static Message refund(PaymentRecord record) {
        return new Message("refund." + suffix(record.result()), object(record));
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
                Instant.ofEpochSecond(integer(envelope, "created")),
                change(text(envelope, "type"), envelope));
    }

    private static Change change(String type, JsonNode envelope) {
        return switch (type) {
            case "payment_intent.succeeded",
                    "payment_intent.failed",
                    "payment_intent.requires_action",
                    "payment_intent.processing" -> payment(Movement.CHARGE, type, envelope);
            case "transfer.succeeded", "transfer.failed", "transfer.processing" ->
                payment(Movement.TRANSFER, type, envelope);
            case "refund.succeeded", "refund.failed" -> payment(Movement.REFUND, type, envelope);
            case "account.updated" ->
                new Change.AccountChanged(text(object(envelope), "id"), text(object(envelope), "owner"));
            // The object of an unknown type can be anything.
            case String _ -> new Change.Other(type);
        };
    }

    private static JsonNode object(JsonNode envelope) {
        return envelope.required("data").required("object");
    }

    private static Change payment(Movement movement, String type, JsonNode envelope) {
        var object = object(envelope);
        if (!type.endsWith("." + text(object, "status")))
            throw new IllegalArgumentException("the status is not that of the type");
        return new Change.PaymentChanged(movement, text(object, "id"), instruction(object), result(object));
    }

    private static ObjectNode object(PaymentRecord record) {
        var object = JsonNodeFactory.instance.objectNode();
        object.put("id", record.id());
        object.put("status", suffix(record.result()));
        object.put("amount", record.amount().amount())
                .put("currency", record.amount().currency());
        object.putObject("metadata")
                .put("key", record.instruction().key())
                .put("escrow", record.instruction().subject())
                .put("attempt", record.instruction().attempt());
        switch (record.result()) {
            case PaymentResult.Declined declined -> object.put("code", declined.code());
            case PaymentResult.ActionRequired action -> object.put("client_secret", action.clientSecret());
            case PaymentResult.Succeeded _, PaymentResult.Pending _, PaymentResult.Unknown _ -> {}
        }
        return object;
    }

    private static String suffix(PaymentResult result) {
        return switch (result) {
            case PaymentResult.Succeeded _ -> "succeeded";
            case PaymentResult.Declined _ -> "failed";
            case PaymentResult.ActionRequired _ -> "requires_action";
            case PaymentResult.Pending _ -> "processing";
            case PaymentResult.Unknown _ -> throw new IllegalStateException("the sandbox always knows its own results");
        };
    }

    private static PaymentResult result(JsonNode object) {
        return switch (text(object, "status")) {
            case "succeeded" -> new PaymentResult.Succeeded(text(object, "id"), amount(object));
            case "failed" -> new PaymentResult.Declined(text(object, "code"));
            case "requires_action" ->
                new PaymentResult.ActionRequired(text(object, "id"), text(object, "client_secret"));
            case "processing" -> new PaymentResult.Pending(text(object, "id"));
            case String other -> new PaymentResult.Unknown("unexpected status " + other);
        };
    }

    private static Money amount(JsonNode object) {
        return new Money(integer(object, "amount"), text(object, "currency"));
    }

    private static InstructionId instruction(JsonNode object) {
        var metadata = object.required("metadata");
        var attempt = metadata.required("attempt");
        if (!attempt.isInt()) throw new IllegalArgumentException("attempt is not a whole number");
        return new InstructionId(text(metadata, "key"), text(metadata, "escrow"), attempt.asInt());
    }

    private static long integer(JsonNode object, String field) {
        var number = object.required(field);
        if (!number.isIntegralNumber() || !number.canConvertToLong())
            throw new IllegalArgumentException(field + " is not a whole number");
        return number.asLong();
    }

    /** A text as the sandbox writes it: what is not cannot forge a line of a log or of a terminal. */
    private static String text(JsonNode object, String field) {
        var text = object.required(field);
        if (!text.isTextual() || !PRINTABLE.matcher(text.asText()).matches())
            throw new IllegalArgumentException(field + " is not a text of at most 255 printable ASCII characters");
        return text.asText();
    }
}
