package io.guildhall.domain.contact;

import static io.guildhall.domain.contact.ContactsRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.contact.ContactsCommand.CountInvite;
import io.guildhall.domain.contact.ContactsCommand.RecordUnopened;
import io.guildhall.domain.contact.ContactsCommand.RequestConversation;
import io.guildhall.domain.contact.ContactsEvent.ConversationNotOpened;
import io.guildhall.domain.contact.ContactsEvent.ConversationRequested;
import io.guildhall.domain.contact.ContactsEvent.InviteCounted;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.SuspensionRule;
import io.guildhall.kernel.SuspensionRule.Parties;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The conversations that an account has requested on one day, and the invites that it has sent in the last 24 hours. They
 * limit how many accounts it can contact, and how often. The id of the entity is the id of the account. A process opens the
 * conversations: a room of the two accounts, which decides whether one of them has blocked the other.
 *
 * @param day the day of the last request in UTC, as the number of days since 1970
 * @param requests the last request of that day for each other account
 * @param unopened the ids of those requests whose conversation was not opened; absent if there are none
 * @param invites oldest first, also withdrawn ones; absent if there are none
 */
public record Contacts(
        long day, List<Request> requests, Optional<List<String>> unopened, Optional<List<SentInvite>> invites)
        implements Journalled {
    public static final int MAX_A_DAY = 20;
    public static final int MAX_INVITES_PER_HOUR = 60;

    /** To one account. */
    public static final int MAX_INVITES_PER_DAY_TO_ONE = 10;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    public static final Aggregate<Contacts, ContactsCommand, ContactsEvent, ContactsRejection> AGGREGATE =
            new Aggregate<>(
                            "contacts",
                            Contacts.class,
                            ContactsCommand.class,
                            ContactsEvent.class,
                            ContactsRejection.class,
                            new Contacts(0, List.of(), Optional.empty(), Optional.empty()),
                            Contacts::decide,
                            Contacts::evolve)
                    .with(new SuspensionRule<>(
                            (_, command) -> switch (command) {
                                case RequestConversation it -> Parties.caller(it.by(), it.otherId());
                                case CountInvite it -> Parties.caller(it.by(), it.otherId());
                                case RecordUnopened _ -> Parties.none();
                            },
                            CALLER_SUSPENDED,
                            COUNTERPART_SUSPENDED));

    /** @param requestId identifies a repeated request */
    public record Request(String otherId, String requestId) {}

    /** @param requestId identifies a repeated request */
    public record SentInvite(String otherId, String requestId, Instant at) {
        private boolean isWithin(Duration period, Instant now) {
            return at.plus(period).isAfter(now);
        }
    }

    public Contacts {
        requests = List.copyOf(requests);
        invites = invites.map(List::copyOf).filter(it -> !it.isEmpty());
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
            case CountInvite invite -> count(invite, now);
        };
    }

    private Decision<ContactsEvent, ContactsRejection> count(CountInvite invite, Instant now) {
        if (invite.by().equals(invite.otherId())) return reject(YOURSELF);
        var lastDay = invitesWithin(DAY, now);
        if (lastDay.stream().anyMatch(it -> it.requestId().equals(invite.requestId()))) return accept();
        if (invitesWithin(HOUR, now).size() >= MAX_INVITES_PER_HOUR) return reject(TOO_MANY_INVITES);
        long toOther = lastDay.stream()
                .filter(it -> it.otherId().equals(invite.otherId()))
                .count();
        return toOther >= MAX_INVITES_PER_DAY_TO_ONE
                ? reject(TOO_MANY_INVITES_TO_ONE)
                : accept(new InviteCounted(invite.by(), invite.otherId(), invite.requestId(), now));
    }

    private List<SentInvite> invitesWithin(Duration period, Instant now) {
        return invites.stream()
                .flatMap(List::stream)
                .filter(it -> it.isWithin(period, now))
                .toList();
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
                yield new Contacts(eventDay, known, unopened.map(ids -> ofRequests(ids, known)), invites);
            }
            case ConversationNotOpened it ->
                new Contacts(
                        day,
                        requests,
                        Optional.of(Stream.concat(unopened.orElse(List.of()).stream(), Stream.of(it.requestId()))
                                .toList()),
                        invites);
            case InviteCounted it -> {
                var invite = new SentInvite(it.otherId(), it.requestId(), it.at());
                var lastDay = Stream.concat(invitesWithin(DAY, it.at()).stream(), Stream.of(invite));
                yield new Contacts(day, requests, unopened, Optional.of(lastDay.toList()));
            }
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
