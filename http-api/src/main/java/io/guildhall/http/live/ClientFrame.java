package io.guildhall.http.live;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.guildhall.port.Presence;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Optional;

/** A frame from a client, as JSON with its name in {@code type}. */
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
    /**
     * Authenticates the connection, or renews its access token.
     *
     * @param token an access token; of the same account if the connection is authenticated
     */
    @Summary("Authenticates the connection, or renews its access token.")
    record Authenticate(@NotBlank @Size(max = 4_000) String token) implements ClientFrame {}

    /**
     * Subscribes to a channel.
     *
     * @param channel {@code me}, {@code room:rm_…}, {@code contract:ctr_…} or {@code job:job_…}
     * @param after the offset of the last event that the client has received; without it, the subscription starts with the
     *     events of the last seconds
     * @param epoch the epoch of that offset; required with {@code after}
     */
    @Summary("Subscribes to a channel: from now on, or after an offset with its epoch.")
    record Subscribe(
            @NotBlank @Size(max = 100) String channel,
            Optional<@Min(0) Long> after,
            Optional<@Size(max = 100) String> epoch)
            implements ClientFrame {}

    @Summary("Ends a subscription.")
    record Unsubscribe(@NotBlank @Size(max = 100) String channel) implements ClientFrame {}

    /** Shows the other members of a room that this one is typing. Repeat it every few seconds. */
    @Summary(
            "Shows the other members of a room that this one is typing. Repeat it every few seconds; at most one a second is shown.")
    record Typing(@NotBlank @Size(max = 100) String channel) implements ClientFrame {}

    /**
     * Moves the read mark of this member forward, and shows it to the other members. A number before the mark is ignored.
     *
     * @param number of the last message that was read
     */
    @Summary(
            "Moves your read mark in a room forward, and shows it to the other members. A number before the mark is ignored.")
    record Read(
            @NotBlank @Size(max = 100) String channel,
            @Min(1) long number) implements ClientFrame {}

    /**
     * Marks notifications as read. All connections of the account get its counters.
     *
     * @param id of the entry; without it, all entries
     * @param through the id of the newest notification that the user has seen: entries with a newer one stay unread
     */
    @Summary("Marks one entry of your notifications as read, or all. All your connections get the counters.")
    record ReadNotifications(Optional<@Size(max = 100) String> id, Optional<@Size(max = 100) String> through)
            implements ClientFrame {}

    /** @param state {@code ONLINE}, or {@code AWAY} while the user is inactive */
    @Summary("Reports whether the user is active: ONLINE, or AWAY.")
    record Present(@NotNull Presence.State state) implements ClientFrame {}

    /** The server responds with {@code pong}. */
    @Summary("Requests a `pong`. Clients that cannot send WebSocket pings use it to notice a dead connection.")
    record Ping() implements ClientFrame {}
}
