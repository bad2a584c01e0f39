package io.guildhall.bench.demo;

import static io.guildhall.bench.demo.CheckFailedException.checkEqual;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.bench.client.ApiClient;
import io.guildhall.bench.client.ApiRequest;
import io.guildhall.bench.client.Await;
import io.guildhall.bench.client.MarketplaceClient;
import io.guildhall.bench.client.NoResponseException;
import io.guildhall.bench.client.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The e-mails to the users of the demo, in the outbox of a node in development. */
final class SentMails {
    private final Transcript transcript;
    private final ApiClient api;
    private final Duration timeout;
    private final Set<String> printed = new HashSet<>();

    /** @param timeout for the e-mails that are not in the outbox yet */
    SentMails(Transcript transcript, ApiClient api, Duration timeout) {
        this.transcript = transcript;
        this.api = api;
        this.timeout = timeout;
    }

    /**
     * Waits for the e-mails that a user must have received since the registration, and prints recipient and subject of
     * those that were not printed before.
     *
     * @param expected the number of e-mails of each kind, such as {@code review-due}
     * @throws CheckFailedException if one is missing, or if there is another one
     */
    void check(User recipient, Map<String, Long> expected) {
        try {
            Await.until(
                    recipient + " has received the e-mails",
                    timeout,
                    () -> countByKind(sentTo(recipient)).equals(expected));
        } catch (NoResponseException e) {
            // The check below says which ones have not arrived, or fails because the node does not respond.
        }
        var mails = sentTo(recipient);
        checkEqual("e-mails to " + recipient, new TreeMap<>(expected), countByKind(mails));
        print(mails);
    }

    private void print(List<JsonNode> mails) {
        var rows = new ArrayList<List<String>>();
        for (var it : mails.reversed())
            if (printed.add(it.path("id").asText()))
                rows.add(List.of(it.path("to").asText(), it.path("subject").asText()));
        if (!rows.isEmpty()) transcript.table(List.of("e-mail to", "subject"), rows);
    }

    /** Newest first. */
    private List<JsonNode> sentTo(User recipient) {
        var path = "/dev/outbox?to=" + recipient.email().replace("@", "%40");
        return MarketplaceClient.items(api.send(ApiRequest.get(path)).body());
    }

    private static Map<String, Long> countByKind(List<JsonNode> mails) {
        return mails.stream()
                .map(it -> it.path("kind").asText())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }
}
