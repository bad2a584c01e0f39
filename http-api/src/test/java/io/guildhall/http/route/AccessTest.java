package io.guildhall.http.route;

import static io.guildhall.domain.account.Role.ADMIN;
import static io.guildhall.domain.account.Role.CLIENT;
import static io.guildhall.domain.account.Role.FREELANCER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.account.Role;
import io.guildhall.domain.dataexport.DataExports;
import io.guildhall.domain.dataexport.DataExportsCommand.RecordFailed;
import io.guildhall.http.TestClient;
import io.guildhall.http.TestClient.Response;
import io.guildhall.http.endpoint.Access;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.port.MailKind;
import io.guildhall.port.UnsubscribeTokens.Claim;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Calls every endpoint without a login, with the wrong role, with the right role but another account, and as the owner.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest {
    private static final String MONEY = "{\"amount\": 1000, \"currency\": \"USD\"}";
    private static final String INVITE = """
            {"freelancerId": "%s", "message": "Please", "price": %s, "deliveryDays": 7,
             "milestones": [{"title": "All of it", "amount": %s, "days": 7}]}""";
    private static final String GIG = """
            {"title": "A logo", "description": "By hand", "category": "design", "tags": ["logo"], "media": [], "packages": [
             {"tier": "BASIC", "price": %s, "deliveryDays": 7, "revisions": 2, "includes": ["One draft"]}]}""";
    private static final String JOB = """
            {"title": "A logo", "description": "Square.", "category": "design", "skills": ["logo"], "pay": "FIXED",
             "budget": {"min": %s, "max": %s}}""";
    private static final String TERMS = """
            {"coverLetter": "Let me.", "price": %s, "deliveryDays": 9, "links": ["https://example.com/a"],
             "milestones": [{"title": "All of it", "amount": %s, "days": 9}]}""".formatted(MONEY, MONEY);

    private static final String SEARCH = """
            {"name": "Logos", "kind": "JOB", "text": "a logo", "filter": {"skills": ["logo"]}, "alerts": true}""";

    private static final String CURRENT_PASSWORD = "{\"currentPassword\": \"" + TestServer.PASSWORD + "\"}";

    final TestServer server = new TestServer();
    final String client = TestServer.newId("acc");
    final String freelancer = TestServer.newId("acc");
    final Map<String, Row> rows = new LinkedHashMap<>();

    /**
     * @param access the expected access, independent of what the endpoint declares
     * @param role the role of the owner
     * @param owner the account that is allowed to do it
     * @param path creates everything that one request needs, and returns its path
     * @param otherStatus the status for another account with the right role
     * @param status the status for the owner
     */
    record Row(
            Access access, Role role, String owner, Supplier<String> path, String body, int otherStatus, int status) {}

    AccessTest() {
        loggedIn(
                "GET /api/me/profile",
                CLIENT,
                () -> {
                    server.createProfile(client);
                    return "/api/me/profile";
                },
                "",
                404,
                200);
        loggedIn(
                "PUT /api/me/profile",
                CLIENT,
                () -> {
                    server.createProfile(client);
                    return "/api/me/profile";
                },
                "{\"headline\": \"I draw\", \"bio\": \"\", \"skills\": [\"logo\"], \"hourlyRate\": " + MONEY + "}",
                404,
                200);
        publicly(
                "GET /api/profiles/{accountId}",
                CLIENT,
                () -> {
                    server.createProfile(client);
                    return "/api/profiles/" + client;
                },
                "",
                200,
                200);
        publicly(
                "GET /api/people/{handle}",
                CLIENT,
                () -> {
                    return "/api/people/" + server.createProfile(client);
                },
                "",
                200,
                200);
        loggedIn(
                "PUT /api/me/handle",
                CLIENT,
                () -> {
                    server.createProfile(client);
                    server.cancelReservation("access-test");
                    return "/api/me/handle";
                },
                "{\"handle\": \"access-test\"}",
                404,
                200);
        withRole(
                "POST /api/me/payout-account",
                FREELANCER,
                () -> "/api/me/payout-account",
                "{\"country\": \"CH\"}",
                202,
                202);
        withRole("GET /api/me/payout-account", FREELANCER, () -> "/api/me/payout-account", "", 200, 200);

        loggedIn("POST /api/files", CLIENT, () -> "/api/files?purpose=picture", "GIF89a and the rest", 201, 201);
        publicly("GET /api/categories", CLIENT, () -> "/api/categories", "", 200, 200);
        publicly("GET /api/skills", CLIENT, () -> "/api/skills?q=logo&limit=5", "", 200, 200);
        publicly("GET /api/countries", CLIENT, () -> "/api/countries", "", 200, 200);
        publicly("GET /api/currencies", CLIENT, () -> "/api/currencies", "", 200, 200);
        publicly("GET /api/languages", CLIENT, () -> "/api/languages", "", 200, 200);
        publicly(
                "GET /api/marketplace/titles", CLIENT, () -> "/api/marketplace/titles?title=Brand+maker", "", 200, 200);
        publicly(
                "GET /api/files/{accountId}/{purpose}/{name}",
                CLIENT,
                () -> "/api/files/" + client + "/gig/fil_1.png",
                "",
                200,
                200);
        withRole("POST /api/gigs", FREELANCER, () -> "/api/gigs?publish=true", GIG.formatted(MONEY), 201, 201);
        publicly("GET /api/gigs/search", CLIENT, () -> "/api/gigs/search?q=a+logo&deliveryDays=7", "", 200, 200);
        publicly("GET /api/gigs/{gigId}", FREELANCER, () -> "/api/gigs/" + gig(), "", 404, 200);
        withRole("PUT /api/gigs/{gigId}", FREELANCER, () -> "/api/gigs/" + gig(), GIG.formatted(MONEY), 404, 200);
        for (var step : List.of("publish", "archive"))
            withRole(
                    "POST /api/gigs/{gigId}/" + step,
                    FREELANCER,
                    () -> "/api/gigs/" + gig() + "/" + step,
                    "",
                    404,
                    200);
        withRole(
                "POST /api/gigs/{gigId}/pause",
                FREELANCER,
                () -> {
                    var gig = gig();
                    server.as(FREELANCER, freelancer)
                            .post("/api/gigs/" + gig + "/publish", "")
                            .is(200);
                    return "/api/gigs/" + gig + "/pause";
                },
                "",
                404,
                200);
        withRole("GET /api/me/gigs", FREELANCER, () -> "/api/me/gigs", "", 200, 200);
        publicly(
                "GET /api/freelancers/{freelancerId}/gigs",
                CLIENT,
                () -> "/api/freelancers/" + freelancer + "/gigs",
                "",
                200,
                200);

        withRole("POST /api/jobs", CLIENT, () -> "/api/jobs", JOB.formatted(MONEY, MONEY), 201, 201);
        publicly("GET /api/jobs", CLIENT, () -> "/api/jobs?skill=logo", "", 200, 200);
        publicly("GET /api/jobs/search", CLIENT, () -> "/api/jobs/search?q=a+logo", "", 200, 200);
        withRole(
                "POST /api/jobs/{jobId}/invites",
                CLIENT,
                () -> "/api/jobs/" + server.publishJob(client) + "/invites",
                INVITE.formatted(freelancer, MONEY, MONEY),
                404,
                201);
        withRole(
                "POST /api/gigs/{gigId}/orders",
                CLIENT,
                () -> "/api/gigs/" + server.publishGig(freelancer) + "/orders",
                "{\"tier\": \"BASIC\", \"revision\": 1, \"message\": \"Please\"}",
                201,
                201);
        loggedIn("GET /api/invites/{inviteId}", CLIENT, () -> invite(""), "", 404, 200);
        withRole("GET /api/me/invites/sent", CLIENT, () -> "/api/me/invites/sent", "", 200, 200);
        withRole("GET /api/me/invites/received", FREELANCER, () -> "/api/me/invites/received", "", 200, 200);
        withRole(
                "POST /api/invites/{inviteId}/accept",
                FREELANCER,
                () -> {
                    server.verifyPayoutAccount(freelancer);
                    return invite("/accept");
                },
                "",
                404,
                202);
        withRole(
                "POST /api/invites/{inviteId}/decline",
                FREELANCER,
                () -> invite("/decline"),
                "{\"reason\": \"Busy\"}",
                404,
                200);
        withRole("POST /api/invites/{inviteId}/withdraw", CLIENT, () -> invite("/withdraw"), "", 404, 200);
        server.premiumAccounts.add(client);
        withRole(
                "GET /api/jobs/{jobId}/matches",
                CLIENT,
                () -> "/api/jobs/" + server.publishJob(client) + "/matches",
                "",
                404,
                200);
        withRole("GET /api/jobs/feed", FREELANCER, () -> "/api/jobs/feed?category=design", "", 200, 200);
        publicly("GET /api/freelancers/search", CLIENT, () -> "/api/freelancers/search?skills=logo", "", 200, 200);
        publicly(
                "GET /api/freelancers/{freelancerId}/record",
                FREELANCER,
                () -> {
                    server.createProfile(freelancer);
                    return "/api/freelancers/" + freelancer + "/record";
                },
                "",
                200,
                200);
        var saved = "/api/saved-searches";
        loggedIn("POST /api/live/tickets", CLIENT, () -> "/api/live/tickets", "", 201, 201);
        loggedIn("POST " + saved, CLIENT, () -> saved, SEARCH, 201, 201);
        loggedIn("GET " + saved, CLIENT, () -> saved, "", 200, 200);
        loggedIn("GET " + saved + "/{searchId}", CLIENT, this::savedSearch, "", 404, 200);
        loggedIn("PUT " + saved + "/{searchId}", CLIENT, this::savedSearch, SEARCH, 404, 200);
        loggedIn("DELETE " + saved + "/{searchId}", CLIENT, this::savedSearch, "", 204, 204);
        publicly("GET /api/marketplace/analysis", CLIENT, () -> "/api/marketplace/analysis?skill=logo", "", 200, 200);
        publicly(
                "GET /api/marketplace/jobs/{jobId}/analysis",
                CLIENT,
                () -> "/api/marketplace/jobs/" + TestServer.newId("job") + "/analysis",
                "",
                200,
                200);
        publicly("GET /api/jobs/{jobId}", CLIENT, () -> "/api/jobs/" + draft(), "", 404, 200);
        withRole("PUT /api/jobs/{jobId}", CLIENT, () -> "/api/jobs/" + draft(), JOB.formatted(MONEY, MONEY), 404, 200);
        withRole("POST /api/jobs/{jobId}/publish", CLIENT, () -> "/api/jobs/" + draft() + "/publish", "", 404, 200);
        withRole(
                "POST /api/jobs/{jobId}/close",
                CLIENT,
                () -> "/api/jobs/" + draft() + "/close",
                "{\"reason\": \"x\"}",
                404,
                200);
        withRole("GET /api/me/jobs", CLIENT, () -> "/api/me/jobs", "", 200, 200);

        withRole(
                "POST /api/jobs/{jobId}/proposals",
                FREELANCER,
                () -> {
                    server.verifyPayoutAccount(freelancer);
                    return "/api/jobs/" + server.publishJob(client) + "/proposals";
                },
                TERMS,
                409,
                201);
        withRole(
                "GET /api/jobs/{jobId}/proposals",
                CLIENT,
                () -> "/api/jobs/" + server.publishJob(client) + "/proposals",
                "",
                404,
                200);
        withRole("GET /api/me/proposals", FREELANCER, () -> "/api/me/proposals", "", 200, 200);
        loggedIn("GET /api/proposals/{proposalId}", FREELANCER, () -> proposal(""), "", 404, 200);
        withRole("PUT /api/proposals/{proposalId}", FREELANCER, () -> proposal(""), TERMS, 404, 200);
        withRole("POST /api/proposals/{proposalId}/withdraw", FREELANCER, () -> proposal("/withdraw"), "", 404, 200);
        withRole("POST /api/proposals/{proposalId}/mark-seen", CLIENT, () -> proposal("/mark-seen"), "", 404, 200);
        withRole("POST /api/proposals/{proposalId}/shortlist", CLIENT, () -> proposal("/shortlist"), "", 404, 200);
        withRole(
                "POST /api/proposals/{proposalId}/accept",
                CLIENT,
                () -> proposal("/accept"),
                "{\"revision\": 1}",
                404,
                202);

        loggedIn(
                "GET /api/hires/{contractId}",
                CLIENT,
                () -> "/api/hires/" + server.hire(client, freelancer),
                "",
                404,
                200);
        loggedIn("GET /api/me/contracts", CLIENT, () -> "/api/me/contracts", "", 200, 200);
        loggedIn("GET /api/contracts/{contractId}", CLIENT, () -> contract(""), "", 404, 200);
        loggedIn("GET /api/contracts/{contractId}/timeline", CLIENT, () -> contract("/timeline"), "", 404, 200);
        loggedIn("GET /api/contracts/{contractId}/postings", CLIENT, () -> contract("/postings"), "", 404, 200);
        loggedIn(
                "POST /api/contracts/{contractId}/cancel",
                CLIENT,
                () -> contract("/cancel"),
                "{\"reason\": \"x\"}",
                404,
                200);
        withRole(
                "POST /api/contracts/{contractId}/milestones/{number}/fund",
                CLIENT,
                () -> contract("/milestones/1/fund"),
                "{\"paymentMethod\": \"pm_card_visa\"}",
                404,
                202);
        withRole(
                "POST /api/contracts/{contractId}/milestones/{number}/cancel-payment",
                CLIENT,
                () -> contract("/milestones/1/cancel-payment"),
                "",
                404,
                202);
        loggedIn(
                "GET /api/contracts/{contractId}/milestones/{number}/escrow",
                CLIENT,
                () -> contract("/milestones/1/escrow"),
                "",
                404,
                200);
        withRole(
                "POST /api/contracts/{contractId}/milestones/{number}/submit",
                FREELANCER,
                () -> submitted("submit"),
                "{\"note\": \"Better.\"}",
                404,
                200);
        withRole(
                "POST /api/contracts/{contractId}/milestones/{number}/request-changes",
                CLIENT,
                () -> submitted("request-changes"),
                "{\"note\": \"Rounder.\"}",
                404,
                200);
        withRole(
                "POST /api/contracts/{contractId}/milestones/{number}/accept",
                CLIENT,
                () -> submitted("accept"),
                "",
                404,
                202);

        loggedIn(
                "POST /api/contracts/{contractId}/milestones/{number}/refund-requests",
                CLIENT,
                () -> submitted("refund-requests"),
                "{\"reason\": \"Too late.\"}",
                404,
                200);
        for (var action : List.of("accept", "decline"))
            loggedIn(
                    "POST /api/contracts/{contractId}/milestones/{number}/refund-requests/{request}/" + action,
                    CLIENT,
                    () -> "/api/contracts/" + server.offeredRefund(client, freelancer)
                            + "/milestones/1/refund-requests/1/" + action,
                    action.equals("decline") ? "{\"reason\": \"Go on.\"}" : "",
                    404,
                    action.equals("accept") ? 202 : 200);
        loggedIn(
                "POST /api/contracts/{contractId}/milestones/{number}/refund-requests/{request}/withdraw",
                CLIENT,
                () -> "/api/contracts/" + server.requestedRefund(client, freelancer)
                        + "/milestones/1/refund-requests/1/withdraw",
                "",
                404,
                200);
        withRole("GET /api/admin/held-milestones", ADMIN, () -> "/api/admin/held-milestones", "", 200, 200);
        withRole("GET /api/admin/contracts/{contractId}", ADMIN, () -> othersContract(""), "", 200, 200);
        withRole(
                "GET /api/admin/contracts/{contractId}/timeline",
                ADMIN,
                () -> othersContract("/timeline"),
                "",
                200,
                200);
        withRole(
                "POST /api/admin/contracts/{contractId}/milestones/{number}/split",
                ADMIN,
                () -> othersContract("/milestones/1/split"),
                "{\"refund\": 400, \"release\": 600, \"reason\": \"Half was done.\"}",
                202,
                202);
        withRole(
                "POST /api/admin/contracts/{contractId}/milestones/{number}/redirect",
                ADMIN,
                () -> othersContract("/milestones/1/redirect"),
                "{\"to\": \"CLIENT\", \"reason\": \"The account is closed.\"}",
                409,
                409);

        loggedIn("GET /api/rooms/{roomId}", CLIENT, () -> room(""), "", 404, 200);
        loggedIn("GET /api/rooms/{roomId}/messages", CLIENT, () -> room("/messages"), "", 404, 200);
        loggedIn(
                "POST /api/rooms/{roomId}/messages",
                CLIENT,
                () -> room("/messages"),
                "{\"text\": \"Hello\"}",
                404,
                201);
        loggedIn("POST /api/rooms/{roomId}/files", CLIENT, () -> room("/files?name=plan.txt"), "{\"a\": 1}", 404, 201);
        loggedIn("POST /api/rooms/{roomId}/exports", CLIENT, () -> room("/exports"), "", 404, 202);
        loggedIn("GET /api/rooms/{roomId}/exports/{exportId}", CLIENT, this::export, "", 404, 200);
        loggedIn("GET /api/rooms/{roomId}/files/{fileId}", CLIENT, this::roomFile, "", 404, 200);
        loggedIn(
                "POST /api/rooms/{roomId}/read",
                CLIENT,
                () -> roomWithMessage() + "/read",
                "{\"number\": 1}",
                404,
                204);
        var message = "/api/rooms/{roomId}/messages/{messageId}";
        loggedIn("GET " + message, CLIENT, this::message, "", 404, 200);
        loggedIn("PUT " + message, CLIENT, this::message, "{\"text\": \"Bye\"}", 404, 200);
        loggedIn("DELETE " + message, CLIENT, this::message, "", 404, 200);
        loggedIn("GET " + message + "/revisions", CLIENT, () -> message() + "/revisions", "", 404, 200);
        var reaction = message + "/reactions/{reaction}";
        loggedIn("PUT " + reaction, CLIENT, () -> message() + "/reactions/HEART", "", 404, 200);
        loggedIn("DELETE " + reaction, CLIENT, () -> message() + "/reactions/HEART", "", 404, 200);
        loggedIn("GET /api/rooms/{roomId}/search", CLIENT, () -> room("/search?q=hello"), "", 404, 200);
        var proposal = server.proposal(server.publishJob(client), client, freelancer);
        loggedIn(
                "POST /api/conversations",
                CLIENT,
                () -> "/api/conversations",
                "{\"proposalId\": \"" + proposal + "\", \"text\": \"Hello\"}",
                404,
                202);
        loggedIn("GET /api/me/blocks", CLIENT, () -> "/api/me/blocks", "", 200, 200);
        loggedIn("PUT /api/me/blocks/{accountId}", CLIENT, () -> "/api/me/blocks/acc_other", "", 204, 204);
        loggedIn("DELETE /api/me/blocks/{accountId}", CLIENT, () -> "/api/me/blocks/acc_other", "", 204, 204);
        loggedIn(
                "POST /api/rooms/{roomId}/abuse-reports",
                CLIENT,
                () -> room("/abuse-reports"),
                "{\"reason\": \"Insults\"}",
                404,
                201);
        withRole("GET /api/admin/abuse-reports", ADMIN, () -> "/api/admin/abuse-reports", "", 200, 200);
        withRole("GET /api/admin/abuse-reports/{reportId}", ADMIN, this::report, "", 200, 200);
        withRole(
                "POST /api/admin/abuse-reports/{reportId}/settle",
                ADMIN,
                () -> report() + "/settle",
                "{\"outcome\": \"DISMISSED\", \"note\": \"No insult\"}",
                200,
                200);
        loggedIn("GET /api/me/rooms", CLIENT, () -> "/api/me/rooms", "", 200, 200);
        loggedIn("GET /api/me/messages", CLIENT, () -> "/api/me/messages?q=hello", "", 200, 200);
        loggedIn("GET /api/me/counters", CLIENT, () -> "/api/me/counters", "", 200, 200);
        loggedIn("GET /api/me/presence", CLIENT, () -> "/api/me/presence", "", 200, 200);
        loggedIn("PUT /api/me/presence", CLIENT, () -> "/api/me/presence", "{\"hidden\": true}", 200, 200);
        withRole(
                "POST /api/admin/rooms/{roomId}/members/{accountId}/remove",
                ADMIN,
                () -> member("/remove"),
                "{\"reason\": \"Abuse\"}",
                200,
                200);
        withRole(
                "POST /api/admin/rooms/{roomId}/members/{accountId}/restore",
                ADMIN,
                () -> member("/restore"),
                "",
                200,
                200);
        loggedIn(
                "POST /api/contracts/{contractId}/reviews",
                CLIENT,
                () -> "/api/contracts/" + server.reviewableContract(client, freelancer) + "/reviews",
                """
                {"overall": 5, "quality": 5, "communication": 5, "timeliness": 5, "professionalism": 5, "text": "Good."}""",
                404,
                201);
        loggedIn("GET /api/contracts/{contractId}/reviews", CLIENT, () -> contract("/reviews"), "", 404, 200);
        publicly(
                "GET /api/accounts/{accountId}/reviews",
                CLIENT,
                () -> "/api/accounts/" + freelancer + "/reviews",
                "",
                200,
                200);
        loggedIn("GET /api/me/notifications", CLIENT, () -> "/api/me/notifications", "", 200, 200);
        loggedIn(
                "GET /api/me/notifications/{notificationId}/members",
                CLIENT,
                () -> "/api/me/notifications/ntf_1/members",
                "",
                200,
                200);
        loggedIn(
                "GET /api/me/notifications/{notificationId}/trace",
                CLIENT,
                () -> "/api/me/notifications/ntf_1/trace",
                "",
                200,
                200);
        loggedIn("POST /api/me/notifications/read", CLIENT, () -> "/api/me/notifications/read", "{}", 204, 204);
        loggedIn(
                "POST /api/me/notifications/{notificationId}/read",
                CLIENT,
                () -> "/api/me/notifications/ntf_1/read",
                "{}",
                404,
                404);
        loggedIn(
                "GET /api/me/notification-preferences", CLIENT, () -> "/api/me/notification-preferences", "", 200, 200);
        loggedIn(
                "PUT /api/me/notification-preferences",
                CLIENT,
                () -> "/api/me/notification-preferences",
                "{\"timeZone\": \"UTC\", \"digestTime\": \"08:00\", \"digestDay\": \"MONDAY\", \"digests\": true, \"kinds\": []}",
                200,
                200);
        withRole(
                "GET /api/admin/accounts/{accountId}/notification-trace",
                ADMIN,
                () -> "/api/admin/accounts/acc_1/notification-trace",
                "",
                200,
                200);
        withRole(
                "GET /api/admin/events/{eventKind}/{entityId}/{sequence}/notification-trace",
                ADMIN,
                () -> "/api/admin/events/contract/ctr_1/3/notification-trace",
                "",
                200,
                200);
        withRole("GET /api/admin/held-releases", ADMIN, () -> "/api/admin/held-releases", "", 200, 200);
        withRole("GET /api/admin/ledger/trial-balance", ADMIN, () -> "/api/admin/ledger/trial-balance", "", 200, 200);
        withRole("GET /api/admin/audit", ADMIN, () -> "/api/admin/audit", "", 200, 200);
        withRole("GET /api/admin/discrepancies", ADMIN, () -> "/api/admin/discrepancies", "", 200, 200);

        publicly("POST /api/webhooks/payments", ADMIN, () -> "/api/webhooks/payments", "{}", 400, 400);
        publicly(
                "POST /sandbox/payment-intents/{intentId}/confirm",
                CLIENT,
                () -> "/sandbox/payment-intents/pi_1/confirm",
                "{\"clientSecret\": \"x\"}",
                404,
                404);
        publicly(
                "POST /sandbox/payout-accounts/{payoutAccountId}/complete-onboarding",
                CLIENT,
                () -> "/sandbox/payout-accounts/acct_1/complete-onboarding",
                "{\"outcome\": \"verified\"}",
                404,
                404);
        publicly("POST /api/auth/register", CLIENT, () -> "/api/auth/register", """
                {"email": "new@example.com", "password": "correct horse battery", "name": "Ada", "country": "CH", "roles": ["CLIENT"]}""", 202, 202);
        publicly("POST /api/auth/verify", CLIENT, () -> "/api/auth/verify", "{\"token\": \"x\"}", 422, 422);
        publicly(
                "POST /api/auth/login",
                CLIENT,
                () -> registered("/api/auth/login"),
                "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(TestServer.email(client), TestServer.PASSWORD),
                200,
                200);
        publicly("POST /api/auth/refresh", CLIENT, () -> "/api/auth/refresh", "{\"refreshToken\": \"x\"}", 401, 401);
        loggedIn("POST /api/auth/logout", CLIENT, () -> "/api/auth/logout", "", 204, 204);
        loggedIn(
                "POST /api/auth/logout-everywhere",
                CLIENT,
                () -> registered("/api/auth/logout-everywhere"),
                "",
                401,
                204);
        loggedIn("GET /api/me", CLIENT, () -> registered("/api/me"), "", 401, 200);
        loggedIn("GET /api/me/sessions", CLIENT, () -> "/api/me/sessions", "", 200, 200);
        loggedIn(
                "DELETE /api/me/sessions/{sessionId}",
                CLIENT,
                () -> "/api/me/sessions/" + TestServer.newId("ses"),
                "",
                404,
                404);
        loggedIn("POST /api/me/sessions/end-others", CLIENT, () -> "/api/me/sessions/end-others", "", 204, 204);
        loggedIn("GET /api/me/data-exports", CLIENT, () -> "/api/me/data-exports", "", 200, 200);
        loggedIn("POST /api/me/data-exports", CLIENT, this::dataExports, CURRENT_PASSWORD, 403, 202);
        loggedIn("GET /api/me/data-exports/{exportId}", CLIENT, () -> dataExport(""), "", 404, 200);
        loggedIn(
                "POST /api/me/data-exports/{exportId}/download-link",
                CLIENT,
                () -> registered(dataExport("/download-link")),
                CURRENT_PASSWORD,
                403,
                200);
        withRole("GET /api/admin/accounts", ADMIN, () -> "/api/admin/accounts?email=ada", "", 200, 200);
        withRole("GET /api/admin/accounts/{accountId}", ADMIN, () -> "/api/admin/accounts/" + client, "", 200, 200);
        withRole(
                "GET /api/admin/accounts/{accountId}/suspensions",
                ADMIN,
                () -> "/api/admin/accounts/" + client + "/suspensions",
                "",
                200,
                200);
        withRole(
                "POST /api/admin/accounts/{accountId}/suspend",
                ADMIN,
                () -> accountToAdminister("/suspend"),
                "{\"reason\": \"Spam\"}",
                204,
                204);
        for (var action : List.of("lift-suspension", "grant-premium", "end-premium", "grant-admin", "revoke-admin"))
            withRole(
                    "POST /api/admin/accounts/{accountId}/" + action,
                    ADMIN,
                    () -> accountToAdminister("/" + action),
                    "{\"reason\": \"Checked\"}",
                    204,
                    204);
        withRole("GET /api/admin/log", ADMIN, () -> "/api/admin/log?by=operator", "", 200, 200);
        publicly("GET /.well-known/jwks.json", CLIENT, () -> "/.well-known/jwks.json", "", 200, 200);
        for (var method : List.of("GET", "POST"))
            publicly(
                    method + " /api/mail/unsubscribe/{token}",
                    CLIENT,
                    () -> "/api/mail/unsubscribe/" + unsubscribeToken(),
                    "",
                    200,
                    200);
        publicly(
                "POST /api/mail/resubscribe/{token}",
                CLIENT,
                () -> "/api/mail/resubscribe/" + unsubscribeToken(),
                "",
                200,
                200);
        loggedIn("GET /api/me/mail-address", CLIENT, () -> registered("/api/me/mail-address"), "", 401, 200);
        loggedIn(
                "POST /api/me/mail-address/use-again",
                CLIENT,
                () -> registered("/api/me/mail-address/use-again"),
                "",
                401,
                200);
        webhooks();
        publicly("GET /dev/outbox", CLIENT, () -> "/dev/outbox?to=ada%40example.com", "", 200, 200);
    }

    private void webhooks() {
        var all = "/api/me/webhooks";
        var one = all + "/{webhookId}";
        loggedIn("POST " + all, CLIENT, () -> all, webhook(), 201, 201);
        loggedIn("GET " + all, CLIENT, () -> all, "", 200, 200);
        loggedIn("GET " + one, CLIENT, this::registeredWebhook, "", 404, 200);
        loggedIn("PUT " + one, CLIENT, this::registeredWebhook, webhook(), 404, 200);
        loggedIn("DELETE " + one, CLIENT, this::registeredWebhook, "", 204, 204);
        loggedIn("POST " + one + "/pause", CLIENT, () -> registeredWebhook() + "/pause", "", 404, 200);
        loggedIn("POST " + one + "/resume", CLIENT, () -> registeredWebhook() + "/resume", "", 404, 200);
        loggedIn("POST " + one + "/rotate-secret", CLIENT, () -> registeredWebhook() + "/rotate-secret", "", 404, 200);
        loggedIn("POST " + one + "/test", CLIENT, () -> registeredWebhook() + "/test", "", 404, 202);
        loggedIn("GET " + one + "/deliveries", CLIENT, () -> registeredWebhook() + "/deliveries", "", 404, 200);
        loggedIn(
                "POST " + one + "/deliveries/{deliveryId}/send-again",
                CLIENT,
                () -> registeredWebhook() + "/deliveries/whd_1/send-again",
                "",
                404,
                202);
    }

    private static String webhook() {
        return "{\"url\": \"https://example.com/hooks/" + UUID.randomUUID() + "\", \"kinds\": [\"WORK_SUBMITTED\"]}";
    }

    private String registeredWebhook() {
        var owner = server.as(CLIENT, client);
        for (var existing : owner.get("/api/me/webhooks").json().path("items"))
            owner.delete("/api/me/webhooks/" + existing.path("id").asText()).is(204);
        return "/api/me/webhooks/"
                + owner.post("/api/me/webhooks", webhook())
                        .is(201)
                        .json()
                        .path("id")
                        .asText();
    }

    private String unsubscribeToken() {
        return server.unsubscribeTokens.issue(new Claim(client, MailKind.WORK_SUBMITTED));
    }

    private void publicly(String endpoint, Role role, Supplier<String> path, String body, int otherStatus, int status) {
        row(new Access.Public(), endpoint, role, path, body, otherStatus, status);
    }

    private void loggedIn(String endpoint, Role role, Supplier<String> path, String body, int otherStatus, int status) {
        row(new Access.Authenticated(), endpoint, role, path, body, otherStatus, status);
    }

    private void withRole(String endpoint, Role role, Supplier<String> path, String body, int otherStatus, int status) {
        row(new Access.RoleRequired(role), endpoint, role, path, body, otherStatus, status);
    }

    private void row(
            Access access,
            String endpoint,
            Role role,
            Supplier<String> path,
            String body,
            int otherStatus,
            int status) {
        var owner = role == FREELANCER ? freelancer : client;
        rows.put(endpoint, new Row(access, role, owner, path, body, otherStatus, status));
    }

    private String registered(String path) {
        server.registerAccount(client);
        return path;
    }

    private String accountToAdminister(String action) {
        var account = TestServer.newId("acc");
        server.registerAccount(account);
        return "/api/admin/accounts/" + account + action;
    }

    private String invite(String action) {
        return "/api/invites/" + server.invite(server.publishJob(client), client, freelancer) + action;
    }

    private String gig() {
        return server.as(FREELANCER, freelancer)
                .post("/api/gigs", GIG.formatted(MONEY))
                .is(201)
                .json()
                .path("id")
                .asText();
    }

    /** Deletes the others first: the number of saved searches of an account is limited. */
    private String savedSearch() {
        var searcher = server.as(CLIENT, client);
        for (var existing : searcher.get("/api/saved-searches").json().path("items"))
            searcher.delete("/api/saved-searches/" + existing.path("id").asText())
                    .is(204);
        return "/api/saved-searches/"
                + searcher.post("/api/saved-searches", SEARCH)
                        .is(201)
                        .json()
                        .path("id")
                        .asText();
    }

    private String draft() {
        return server.as(CLIENT, client)
                .post("/api/jobs", JOB.formatted(MONEY, MONEY))
                .is(201)
                .json()
                .path("id")
                .asText();
    }

    private String proposal(String action) {
        return "/api/proposals/" + server.proposal(server.publishJob(client), client, freelancer) + action;
    }

    private String contract(String action) {
        return "/api/contracts/" + server.contract(client, freelancer) + action;
    }

    private String submitted(String action) {
        return "/api/contracts/" + server.submittedContract(client, freelancer) + "/milestones/1/" + action;
    }

    /** For an admin, who is no party of it. */
    private String othersContract(String action) {
        return "/api/admin/contracts/" + server.submittedContract(TestServer.newId("acc"), TestServer.newId("acc"))
                + action;
    }

    private String room(String action) {
        return "/api/rooms/" + io.guildhall.domain.room.Room.id(server.contract(client, freelancer)) + action;
    }

    private String report() {
        var filed = server.as(Role.CLIENT, client).post(room("/abuse-reports"), "{\"reason\": \"Insults\"}");
        return "/api/admin/abuse-reports/" + filed.is(201).json().path("id").asText();
    }

    private String roomWithMessage() {
        var path = room("");
        server.as(CLIENT, client)
                .post(path + "/messages", "{\"text\": \"Hello\"}")
                .is(201);
        return path;
    }

    private String message() {
        var room = io.guildhall.domain.room.Room.id(server.contract(client, freelancer));
        return "/api/rooms/" + room + "/messages/" + server.message(room, client);
    }

    private String export() {
        var exports = room("/exports");
        return exports + "/"
                + server.as(CLIENT, client)
                        .post(exports)
                        .is(202)
                        .json()
                        .path("id")
                        .asText();
    }

    /** None is running. */
    private String dataExports() {
        server.entities
                .state(DataExports.AGGREGATE, client)
                .toCompletableFuture()
                .join()
                .running()
                .ifPresent(it -> server.execute(DataExports.AGGREGATE, client, new RecordFailed(client, it)));
        return registered("/api/me/data-exports");
    }

    private String dataExport(String action) {
        var id = TestServer.newId("exp");
        server.dataExports.finish(client, id, TestServer.newId("fil"), Instant.parse("2100-01-01T00:00:00Z"));
        return "/api/me/data-exports/" + id + action;
    }

    private String roomFile() {
        var room = io.guildhall.domain.room.Room.id(server.contract(client, freelancer));
        return "/api/rooms/" + room + "/files/" + server.messageWithFile(room, client);
    }

    private String member(String action) {
        return room("").replace("/api/", "/api/admin/") + "/members/" + freelancer + action;
    }

    @AfterAll
    void close() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> everyEndpointChecksItsAccess() {
        return server.endpoints.stream()
                .map(endpoint -> DynamicTest.dynamicTest(name(endpoint), () -> check(endpoint)));
    }

    static String name(Endpoint<?, ?> endpoint) {
        return endpoint.operation().method().name() + " " + endpoint.operation().path();
    }

    private void check(Endpoint<?, ?> endpoint) {
        var row = requireNonNull(rows.get(name(endpoint)), "no row for this endpoint");
        assertThat(endpoint.operation().access()).isEqualTo(row.access());
        switch (row.access()) {
            case Access.Public _ -> {
                send(endpoint, server.anonymous, row).is(row.otherStatus());
                checkOtherAccounts(endpoint, row);
            }
            case Access.Authenticated _ -> {
                send(endpoint, server.anonymous, row).is(401, "unauthenticated");
                checkOtherAccounts(endpoint, row);
            }
            case Access.RoleRequired required -> {
                send(endpoint, server.anonymous, row).is(401, "unauthenticated");
                for (var wrong : Arrays.stream(Role.values())
                        .filter(it -> it != required.role())
                        .toList())
                    send(endpoint, server.as(wrong, row.owner()), row).is(403, "wrong-role");
            }
        }
        var other = send(endpoint, server.as(row.role(), TestServer.newId("acc")), row)
                .is(row.otherStatus());
        if (row.otherStatus() == 404) assertThat(other.code()).isEqualTo("not-found");
        send(endpoint, server.as(row.role(), row.owner()), row).is(row.status());
    }

    /** If no role is required, no role gives access to what belongs to another account. */
    private void checkOtherAccounts(Endpoint<?, ?> endpoint, Row row) {
        for (var role : Role.values())
            send(endpoint, server.as(role, TestServer.newId("acc")), row).is(row.otherStatus());
    }

    private static Response send(Endpoint<?, ?> endpoint, TestClient client, Row row) {
        return send(endpoint, client, row, row.path().get());
    }

    static Response send(Endpoint<?, ?> endpoint, TestClient client, Row row, String path) {
        var caller = endpoint.operation().has(Endpoint.Feature.IF_MATCH) ? client.with("If-Match", "\"1\"") : client;
        var request = HttpRequest.create(path).withMethod(endpoint.operation().method());
        return caller.send(
                row.body().isEmpty() ? request : request.withEntity(ContentTypes.APPLICATION_JSON, row.body()));
    }

    @TestFactory
    Stream<DynamicTest> everyRowBelongsToAnEndpoint() {
        var names = server.endpoints.stream().map(AccessTest::name).toList();
        return Stream.of(
                DynamicTest.dynamicTest("rows", () -> assertThat(names).containsAll(List.copyOf(rows.keySet()))));
    }
}
