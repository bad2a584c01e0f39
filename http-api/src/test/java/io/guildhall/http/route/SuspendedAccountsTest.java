package io.guildhall.http.route;

import static io.guildhall.domain.account.Role.ADMIN;
import static io.guildhall.domain.account.Role.CLIENT;
import static io.guildhall.domain.account.Role.FREELANCER;
import static io.guildhall.http.route.SuspendedAccountsTest.Expected.*;
import static io.guildhall.testing.JobBuilder.aJob;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.actors.SuspensionsUnknownException;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountCommand;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.http.TestClient;
import io.guildhall.http.endpoint.Access;
import io.guildhall.http.endpoint.Endpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Calls every endpoint that changes something as a suspended account, and with a counterpart that is suspended. A new
 * endpoint fails until it is in one of the lists.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SuspendedAccountsTest {
    enum Expected {
        /** As if nobody was suspended. */
        ALLOWED,
        REFUSED,
        /** There is no counterpart. */
        NOT_APPLICABLE
    }

    /**
     * @param caller what a suspended account can do
     * @param counterpart what others can do with a suspended account
     */
    private record Expectation(Expected caller, Expected counterpart) {}

    /** What starts something new between the two. */
    private static final List<String> NEW_BETWEEN_TWO = List.of(
            "POST /api/jobs/{jobId}/proposals",
            "PUT /api/proposals/{proposalId}",
            "POST /api/proposals/{proposalId}/shortlist",
            "POST /api/proposals/{proposalId}/accept",
            "POST /api/jobs/{jobId}/invites",
            "POST /api/gigs/{gigId}/orders",
            "POST /api/invites/{inviteId}/accept",
            "POST /api/contracts/{contractId}/milestones/{number}/fund",
            "POST /api/conversations");

    /** What starts something new, or changes what others see, and involves nobody else. */
    private static final List<String> NEW_OF_ONE = List.of(
            "PUT /api/me/profile",
            "PUT /api/me/handle",
            "POST /api/files",
            "POST /api/live/tickets",
            "POST /api/gigs",
            "PUT /api/gigs/{gigId}",
            "POST /api/gigs/{gigId}/publish",
            "POST /api/jobs",
            "PUT /api/jobs/{jobId}",
            "POST /api/jobs/{jobId}/publish",
            "POST /api/me/webhooks",
            "PUT /api/me/webhooks/{webhookId}",
            "POST /api/me/webhooks/{webhookId}/resume",
            "POST /api/me/webhooks/{webhookId}/rotate-secret",
            "POST /api/me/webhooks/{webhookId}/test",
            "POST /api/me/webhooks/{webhookId}/deliveries/{deliveryId}/send-again",
            "POST /api/saved-searches",
            "PUT /api/saved-searches/{searchId}",
            "POST /api/contracts/{contractId}/reviews");

    /** What ends something, carries on a contract that exists, or concerns the session. */
    private static final List<String> CARRIED_ON = List.of(
            "POST /api/me/mail-address/use-again",
            "DELETE /api/me/webhooks/{webhookId}",
            "POST /api/me/webhooks/{webhookId}/pause",
            "POST /api/auth/logout",
            "POST /api/auth/logout-everywhere",
            "DELETE /api/me/sessions/{sessionId}",
            "POST /api/me/sessions/end-others",
            "POST /api/me/payout-account",
            "POST /api/gigs/{gigId}/pause",
            "POST /api/gigs/{gigId}/archive",
            "POST /api/jobs/{jobId}/close",
            "POST /api/proposals/{proposalId}/withdraw",
            "POST /api/proposals/{proposalId}/mark-seen",
            "POST /api/invites/{inviteId}/decline",
            "POST /api/invites/{inviteId}/withdraw",
            "DELETE /api/saved-searches/{searchId}",
            "POST /api/contracts/{contractId}/cancel",
            "POST /api/contracts/{contractId}/milestones/{number}/cancel-payment",
            "POST /api/contracts/{contractId}/milestones/{number}/submit",
            "POST /api/contracts/{contractId}/milestones/{number}/request-changes",
            "POST /api/contracts/{contractId}/milestones/{number}/accept",
            "POST /api/contracts/{contractId}/milestones/{number}/refund-requests",
            "POST /api/contracts/{contractId}/milestones/{number}/refund-requests/{request}/accept",
            "POST /api/contracts/{contractId}/milestones/{number}/refund-requests/{request}/decline",
            "POST /api/contracts/{contractId}/milestones/{number}/refund-requests/{request}/withdraw",
            "POST /api/rooms/{roomId}/messages",
            "POST /api/rooms/{roomId}/files",
            "POST /api/rooms/{roomId}/exports",
            "POST /api/me/data-exports",
            "POST /api/me/data-exports/{exportId}/download-link",
            "POST /api/rooms/{roomId}/read",
            "PUT /api/rooms/{roomId}/messages/{messageId}",
            "DELETE /api/rooms/{roomId}/messages/{messageId}",
            "PUT /api/rooms/{roomId}/messages/{messageId}/reactions/{reaction}",
            "DELETE /api/rooms/{roomId}/messages/{messageId}/reactions/{reaction}",
            "POST /api/me/notifications/read",
            "POST /api/me/notifications/{notificationId}/read",
            "PUT /api/me/notification-preferences",
            "POST /api/rooms/{roomId}/abuse-reports",
            "PUT /api/me/blocks/{accountId}",
            "DELETE /api/me/blocks/{accountId}",
            "PUT /api/me/presence");

    private final AccessTest calls = new AccessTest();
    private final TestServer server = calls.server;
    private final Map<String, Expectation> expectations = new HashMap<>();

    SuspendedAccountsTest() {
        NEW_BETWEEN_TWO.forEach(it -> expectations.put(it, new Expectation(REFUSED, REFUSED)));
        NEW_OF_ONE.forEach(it -> expectations.put(it, new Expectation(REFUSED, NOT_APPLICABLE)));
        CARRIED_ON.forEach(it -> expectations.put(it, new Expectation(ALLOWED, ALLOWED)));
    }

    @AfterAll
    void close() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> everyChangeIsClassified() {
        return changes().map(it -> DynamicTest.dynamicTest(AccessTest.name(it), () -> check(it)));
    }

    /** Everything that changes something and requires a login, except what admins do. */
    private Stream<Endpoint<?, ?>> changes() {
        return server.endpoints.stream()
                .filter(it -> !it.operation().method().equals(HttpMethods.GET))
                .filter(it -> switch (it.operation().access()) {
                    case Access.Public _ -> false;
                    case Access.Authenticated _ -> true;
                    case Access.RoleRequired(var role) -> role != ADMIN;
                });
    }

    private void check(Endpoint<?, ?> endpoint) {
        var name = AccessTest.name(endpoint);
        var expected = requireNonNull(expectations.get(name), "put this endpoint in one of the lists");
        var row = requireNonNull(calls.rows.get(name));
        var counterpart = row.owner().equals(calls.freelancer) ? calls.client : calls.freelancer;
        check(endpoint, row, counterpart, expected.counterpart(), 409, "counterpart-suspended");
        check(endpoint, row, row.owner(), expected.caller(), 403, "account-suspended");
    }

    private void check(
            Endpoint<?, ?> endpoint, AccessTest.Row row, String suspended, Expected expected, int status, String code) {
        if (expected == NOT_APPLICABLE) return;
        var caller = server.as(row.role(), row.owner());
        var path = row.path().get();
        server.suspended.add(suspended);
        try {
            var response = AccessTest.send(endpoint, caller, row, path);
            switch (expected) {
                case ALLOWED -> response.is(row.status());
                case REFUSED -> response.is(status, code);
                case NOT_APPLICABLE -> {}
            }
        } finally {
            server.suspended.remove(suspended);
        }
        if (expected == REFUSED) AccessTest.send(endpoint, caller, row, path).is(row.status());
    }

    /** Also for commands without a check of the caller: the aggregate must know its other party's suspension. */
    @Test
    void nothingNewIsStartedWhileSuspensionsAreUnknown() {
        var client = server.as(CLIENT, calls.client);
        var job = "/api/jobs/" + server.publishJob(calls.client);
        server.suspended.areKnown = false;
        try {
            var response = client.post(job + "/publish").is(503, "suspensions-unknown");
            assertThat(response.header("Retry-After")).isPresent();
            client.get(job).is(200);
            client.post(job + "/close", "{\"reason\": \"No time\"}").is(200);
            assertThatThrownBy(() -> server.execute(
                            Job.AGGREGATE,
                            TestServer.newId("job"),
                            new JobCommand.Post(calls.client, aJob().build(), true)))
                    .hasStackTraceContaining(SuspensionsUnknownException.class.getName());
        } finally {
            server.suspended.areKnown = true;
        }
    }

    @Test
    void everyListedEndpointExists() {
        assertThat(changes().map(AccessTest::name)).containsAll(expectations.keySet());
    }

    @Test
    void suspendedAdminDoesNotEvenRead() {
        var admin = TestServer.newId("acc");
        TestClient client = server.as(ADMIN, admin);
        client.get("/api/admin/accounts").is(200);
        server.suspended.add(admin);
        client.get("/api/admin/accounts").is(403, "account-suspended");
    }

    @Test
    void suspendedAccountReadsWhatIsItsOwn() {
        var freelancer = calls.freelancer;
        var contract = server.contract(calls.client, freelancer);
        server.suspended.add(freelancer);
        try {
            var caller = server.as(FREELANCER, freelancer);
            for (var path : List.of(
                    "/api/me/contracts",
                    "/api/me/gigs",
                    "/api/me/proposals",
                    "/api/contracts/" + contract,
                    "/api/contracts/" + contract + "/postings",
                    "/api/contracts/" + contract + "/timeline",
                    "/api/contracts/" + contract + "/milestones/1/escrow"))
                caller.get(path).is(200);
            server.as(CLIENT, calls.client).get("/api/contracts/" + contract).is(200);
        } finally {
            server.suspended.remove(freelancer);
        }
    }

    /** As if they did not exist, except for the owner and admins. */
    @Test
    void publicPagesAreGoneWhileTheOwnerIsSuspended() {
        var freelancer = TestServer.newId("acc");
        var client = TestServer.newId("acc");
        server.createProfile(freelancer);
        var gig = "/api/gigs/" + server.publishGig(freelancer);
        var job = "/api/jobs/" + server.publishJob(client);
        var profile = "/api/profiles/" + freelancer;
        var record = "/api/freelancers/" + freelancer + "/record";
        var pages = Map.of(gig, freelancer, job, client, profile, freelancer, record, freelancer);
        for (boolean suspended : new boolean[] {false, true, false}) {
            if (suspended) server.suspended.addAll(Set.of(freelancer, client));
            else server.suspended.removeAll(Set.of(freelancer, client));
            pages.forEach((page, owner) -> {
                if (suspended) server.anonymous.get(page).is(404, "not-found");
                else server.anonymous.get(page).is(200);
                server.as(CLIENT, TestServer.newId("acc")).get(page).is(suspended ? 404 : 200);
                server.as(FREELANCER, owner).get(page).is(200);
                server.as(ADMIN, TestServer.newId("acc")).get(page).is(200);
            });
        }
    }

    /** Freelancers who have applied, were invited or are hired: the contract refers to the job. */
    @Test
    void counterpartiesReadTheJobOfSuspendedClient() {
        var client = TestServer.newId("acc");
        var hired = TestServer.newId("acc");
        var invited = TestServer.newId("acc");
        var job = server.publishJob(client);
        server.proposal(job, client, hired);
        server.invite(job, client, invited);
        server.suspended.add(client);
        try {
            var page = "/api/jobs/" + job;
            server.as(FREELANCER, hired).get(page).is(200);
            server.as(FREELANCER, invited).get(page).is(200);
            server.as(FREELANCER, TestServer.newId("acc")).get(page).is(404, "not-found");
            server.anonymous.get(page).is(404, "not-found");
        } finally {
            server.suspended.remove(client);
        }
    }

    @Test
    void suspendedUserLogsInAndReadsTheReason() {
        var account = TestServer.newId("acc");
        server.registerAccount(account);
        server.execute(Account.AGGREGATE, account, new AccountCommand.Suspend("acc_root", "Sells stolen logos"));
        var credentials = "{\"email\": \"%s\", \"password\": \"%s\"}";
        var loggedIn = server.anonymous
                .post("/api/auth/login", credentials.formatted(TestServer.email(account), TestServer.PASSWORD))
                .is(200)
                .json();
        assertThat(loggedIn.at("/account/suspension/reason").asText()).isEqualTo("Sells stolen logos");
        server.anonymous
                .post(
                        "/api/auth/refresh",
                        "{\"refreshToken\": \"%s\"}"
                                .formatted(loggedIn.path("refreshToken").asText()))
                .is(200);
        var caller = server.as(CLIENT, account);
        assertThat(caller.get("/api/me").is(200).json().at("/suspension/reason").asText())
                .isEqualTo("Sells stolen logos");
        server.execute(Account.AGGREGATE, account, new AccountCommand.LiftSuspension("acc_root", "Checked"));
        assertThat(caller.get("/api/me").is(200).json().has("suspension")).isFalse();
    }
}
