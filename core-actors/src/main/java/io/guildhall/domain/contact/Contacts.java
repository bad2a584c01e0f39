package io.guildhall.domain.contact;

import static io.guildhall.domain.contact.ContactsRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.contact.ContactsCommand.RecordUnopened;
import io.guildhall.domain.contact.ContactsCommand.RequestConversation;
import io.guildhall.domain.contact.ContactsEvent.ConversationNotOpened;
import io.guildhall.domain.contact.ContactsEvent.ConversationRequested;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.SuspensionRule;
import io.guildhall.kernel.SuspensionRule.Parties;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The conversations that an account has requested on one day. They limit how many accounts it can contact. The id of the
 * entity is the id of the account. A process opens the conversations: a room of the two accounts, which decides whether
 * one of them has blocked the other.
 *
 * @param day the day of the last request in UTC, as the number of days since 1970
 * @param requests the last request of that day for each other account
 * @param unopened the ids of those requests whose conversation was not opened; absent if there are none
 */
public record Contacts(long day, List<Request> requests, Optional<List<String>> unopened) implements Journalled {
    public static final int MAX_A_DAY = 20;

    public static final Aggregate<Contacts, ContactsCommand, ContactsEvent, ContactsRejection> AGGREGATE =
            new Aggregate<>(
                            "contacts",
                            Contacts.class,
                            ContactsCommand.class,
                            ContactsEvent.class,
                            ContactsRejection.class,
                            new Contacts(0, List.of(), Optional.empty()),
                            Contacts::decide,
                            Contacts::evolve)
                    .with(new SuspensionRule<>(
                            (_, command) -> switch (command) {
                                case RequestConversation it -> Parties.caller(it.by(), it.otherId());
                                case RecordUnopened _ -> Parties.none();
                            },
                            CALLER_SUSPENDED,
                            COUNTERPART_SUSPENDED));

    /** @param requestId identifies a repeated request */
    public record Request(String otherId, String requestId) {}

    public Contacts {
        requests = List.copyOf(requests);
        unopened = unopened.map(List::copyOf).filter(it -> !it.isEmpty());
    }

    Decision<ContactsEvent, ContactsRejection> decide(ContactsCommand command, Instant now) {
        return switch (command) {
            case RecordUnopened it
            when !isKnown(it.otherId(), it.requestId()) || isUnopened(it.requestId()) -> accept();
            case RecordUnopened it -> accept(new ConversationNotOpened(it.by(), it.otherId(), it.requestId(), now));
            case RequestConversation request when request.by().equals(request.otherId()) -> reject(YOURSELF);
            case RequestConversation request when isKnown(request.otherId(), request.requestId()) -> accept();
            case RequestConversation request when isOneTooMany(request, now) -> reject(TOO_MANY_TODAY);
            case RequestConversation request ->
                accept(new ConversationRequested(
                        request.by(), request.otherId(), request.requestId(), request.evidence(), request.text(), now));
        };
    }

    private boolean isKnown(String otherId, String requestId) {
        return requests.contains(new Request(otherId, requestId));
    }

    private boolean isUnopened(String requestId) {
        return unopened.filter(it -> it.contains(requestId)).isPresent();
    }

    /** Another request to the same account on the same day does not count. */
    private boolean isOneTooMany(RequestConversation request, Instant now) {
        return day == dayOf(now)
                && requests.size() >= MAX_A_DAY
                && requests.stream().noneMatch(it -> it.otherId().equals(request.otherId()));
    }

    Contacts evolve(ContactsEvent event) {
        return switch (event) {
            case ConversationRequested it -> {
                long eventDay = dayOf(it.at());
                var others = day == eventDay ? requests.stream() : Stream.<Request>empty();
                var known = Stream.concat(
                                others.filter(other -> !other.otherId().equals(it.otherId())),
                                Stream.of(new Request(it.otherId(), it.requestId())))
                        .toList();
                yield new Contacts(eventDay, known, unopened.map(ids -> ofRequests(ids, known)));
            }
            case ConversationNotOpened it ->
                new Contacts(
                        day,
                        requests,
                        Optional.of(Stream.concat(unopened.orElse(List.of()).stream(), Stream.of(it.requestId()))
                                .toList()));
        };
    }

    private static List<String> ofRequests(List<String> ids, List<Request> requests) {
        return ids.stream()
                .filter(id -> requests.stream().anyMatch(it -> it.requestId().equals(id)))
                .toList();
    }

    private static long dayOf(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
    }
}
