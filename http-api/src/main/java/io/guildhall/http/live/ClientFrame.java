package io.guildhall.http.live;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.guildhall.http.text.PlainText;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;

/**
 * A frame from a client, as JSON with its name in {@code type}. The AsyncAPI document has the summaries, and the descriptions
 * of the components from {@code descriptions.json}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ClientFrame.Authenticate.class, name = "authenticate"),
    @JsonSubTypes.Type(value = ClientFrame.Subscribe.class, name = "subscribe"),
    @JsonSubTypes.Type(value = ClientFrame.Unsubscribe.class, name = "unsubscribe"),
    @JsonSubTypes.Type(value = ClientFrame.Typing.class, name = "typing"),
    @JsonSubTypes.Type(value = ClientFrame.Read.class, name = "read"),
    @JsonSubTypes.Type(value = ClientFrame.ReadNotifications.class, name = "read-notifications"),
    @JsonSubTypes.Type(value = ClientFrame.Present.class, name = "presence"),
    @JsonSubTypes.Type(value = ClientFrame.Ping.class, name = "ping")
})
public sealed interface ClientFrame {
    @Summary("Authenticates the connection, or renews its access token.")
    record Authenticate(@NotBlank @PlainText(max = 4_000) String token) implements ClientFrame {}

    @Summary("Subscribes to a channel: from now on, or after an offset with its epoch.")
    record Subscribe(
            @NotBlank @PlainText(max = 100) String channel,
            Optional<@Min(0) Long> after,
            Optional<@PlainText(max = 100) String> epoch)
            implements ClientFrame {}

    @Summary("Ends a subscription.")
    record Unsubscribe(@NotBlank @PlainText(max = 100) String channel) implements ClientFrame {}

    @Summary(
            "Shows the other members of a room that you are typing. Repeat it every few seconds; at most one a second is shown.")
    record Typing(@NotBlank @PlainText(max = 100) String channel) implements ClientFrame {}

    @Summary(
            "Moves your read mark in a room forward, and shows it to the other members. A number before the mark is ignored.")
    record Read(
            @NotBlank @PlainText(max = 100) String channel,
            @Min(1) long number) implements ClientFrame {}

    @Summary("Marks one entry of your notifications as read, or all. All your connections get the new counters.")
    record ReadNotifications(Optional<@PlainText(max = 100) String> id, Optional<@PlainText(max = 100) String> through)
            implements ClientFrame {}

    @Summary("Reports whether you are active: ONLINE, or AWAY.")
    record Present(@NotNull Activity state) implements ClientFrame {}

    /** What a client reports of its user, who goes offline when the last connection ends. */
    enum Activity {
        ONLINE,
        AWAY
    }

    @Summary("Requests a `pong`. Clients that cannot send WebSocket pings use it to notice a dead connection.")
    record Ping() implements ClientFrame {}
}
