package io.guildhall.http.route;

import static io.guildhall.domain.account.Role.ADMIN;
import static io.guildhall.domain.account.Role.CLIENT;
import static io.guildhall.domain.account.Role.FREELANCER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refund requests and splits of a milestone of 10 dollars, whose work is submitted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefundsTest {
    private final TestServer server = new TestServer();
    private final String client = TestServer.newId("acc");
    private final String freelancer = TestServer.newId("acc");

    @AfterAll
    void close() {
        server.close();
    }

    private static String requests(String contract) {
        return "/api/contracts/" + contract + "/milestones/1/refund-requests";
    }

    private JsonNode milestone(String contract) {
        return server.as(FREELANCER, freelancer)
                .get("/api/contracts/" + contract)
                .is(200)
                .json()
                .path("milestones")
                .path(0);
    }

    @Test
    void requestIsShownUntilItIsAnswered() {
        var contract = server.submittedContract(client, freelancer);
        server.as(CLIENT, client)
                .post(requests(contract), "{\"amount\": 400, \"reason\": \"Too late.\"}")
                .is(200);
        var request = milestone(contract).path("refundRequest");
        assertThat(request.path("number").asInt()).isOne();
        assertThat(request.path("requestedBy").path("accountId").asText()).isEqualTo(client);
        assertThat(request.path("amount").path("amount").asLong()).isEqualTo(400);
        assertThat(request.path("reason").asText()).isEqualTo("Too late.");
        server.as(FREELANCER, freelancer)
                .post(requests(contract) + "/1/decline", "{\"reason\": \"It is done.\"}")
                .is(200);
        assertThat(milestone(contract).has("refundRequest")).isFalse();
        server.as(FREELANCER, freelancer)
                .post(requests(contract) + "/1/accept", "")
                .is(409, "refund-request-closed");
    }

    @Test
    void acceptedRequestShowsHowTheMoneyIsDivided() {
        var contract = server.requestedRefund(client, freelancer);
        server.as(FREELANCER, freelancer)
                .post(requests(contract) + "/1/accept", "")
                .is(202);
        var milestone = milestone(contract);
        assertThat(milestone.path("status").asText()).isEqualTo("SETTLING");
        var settlement = milestone.path("settlement");
        assertThat(settlement.path("method").asText()).isEqualTo("AGREED");
        assertThat(settlement.path("decidedBy").path("accountId").asText()).isEqualTo(freelancer);
        assertThat(settlement.path("refund").path("amount").asLong()).isEqualTo(400);
        assertThat(settlement.path("release").path("amount").asLong()).isEqualTo(600);
        server.as(CLIENT, client)
                .post(requests(contract), "{\"reason\": \"More.\"}")
                .is(409, "milestone-settled");
        server.as(FREELANCER, freelancer)
                .post("/api/contracts/" + contract + "/milestones/1/submit", "{\"note\": \"Done.\"}")
                .is(409, "milestone-settled");
    }

    @Test
    void refusalsHaveStableCodes() {
        var contract = server.requestedRefund(client, freelancer);
        var asClient = server.as(CLIENT, client);
        asClient.post(requests(contract), "{\"reason\": \"All of it.\"}").is(409, "refund-requested");
        asClient.post("/api/contracts/" + contract + "/milestones/1/accept", "").is(409, "refund-requested");
        asClient.post(requests(contract) + "/1/accept", "").is(403, "not-your-part");
        asClient.post(requests(contract) + "/2/withdraw", "").is(409, "refund-request-closed");
        server.as(FREELANCER, freelancer)
                .post(requests(contract) + "/1/withdraw", "")
                .is(403, "not-your-part");
        asClient.post(requests(server.contract(client, freelancer)), "{\"reason\": \"Early.\"}")
                .is(409, "milestone-not-funded");
        asClient.post(
                        requests(server.submittedContract(client, freelancer)),
                        "{\"amount\": 1001, \"reason\": \"More.\"}")
                .is(409, "amount-not-held");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"amount\": 0, \"reason\": \"x\"}",
                "{\"amount\": -1, \"reason\": \"x\"}",
                "{\"amount\": 400}",
                "{\"amount\": 400, \"reason\": \" \"}"
            })
    void requestNeedsAmountAndReason(String body) {
        server.as(CLIENT, client)
                .post(requests(server.submittedContract(client, freelancer)), body)
                .is(422, "invalid");
    }

    @Test
    void adminSplitsWithAReason() {
        var contract = server.requestedRefund(client, freelancer);
        var admin = server.as(ADMIN, TestServer.newId("acc"));
        var split = "/api/admin/contracts/" + contract + "/milestones/1/split";
        admin.post(split, "{\"refund\": 400, \"release\": 601, \"reason\": \"So.\"}")
                .is(409, "amount-not-held");
        admin.post(split, "{\"refund\": 400, \"release\": 600}").is(422, "invalid");
        server.as(ADMIN, client)
                .post(split, "{\"refund\": 1000, \"release\": 0, \"reason\": \"Mine.\"}")
                .is(403, "own-contract");
        server.as(CLIENT, client)
                .post(split, "{\"refund\": 1000, \"release\": 0, \"reason\": \"Mine.\"}")
                .is(403);
        admin.post(split, "{\"refund\": 300, \"release\": 700, \"reason\": \"Most was done.\"}")
                .is(202);
        var settlement = milestone(contract).path("settlement");
        assertThat(settlement.path("method").asText()).isEqualTo("ADMIN");
        assertThat(settlement.path("reason").asText()).isEqualTo("Most was done.");
        assertThat(settlement.path("refund").path("amount").asLong()).isEqualTo(300);
        admin.post(split, "{\"refund\": 400, \"release\": 600, \"reason\": \"No, so.\"}")
                .is(409, "milestone-settled");
        assertThat(admin.get("/api/admin/contracts/" + contract)
                        .is(200)
                        .json()
                        .path("id")
                        .asText())
                .isEqualTo(contract);
    }

    @Test
    void heldMilestonesAreListed() {
        var page = server.as(ADMIN, TestServer.newId("acc"))
                .get("/api/admin/held-milestones")
                .is(200)
                .json();
        var row = page.path("items").path(0);
        assertThat(row.path("contractId").asText()).isEqualTo("ctr_1");
        assertThat(row.path("milestone").path("refundRequest").path("number").asInt())
                .isOne();
        assertThat(row.path("milestone").path("silence").path("kind").asText()).isEqualTo("REFUND");
    }

    /** But what pays a suspended freelancer needs an admin. */
    @Test
    void suspendedPartyCanAnswer() {
        var suspended = TestServer.newId("acc");
        var offered = server.offeredRefund(suspended, freelancer);
        var requested = server.requestedRefund(client, suspended);
        server.suspended.add(suspended);
        server.as(CLIENT, suspended).post(requests(offered) + "/1/accept", "").is(202);
        server.as(FREELANCER, suspended)
                .post(requests(requested) + "/1/accept", "")
                .is(403, "account-suspended");
        server.as(FREELANCER, suspended)
                .post(requests(requested) + "/1/decline", "{\"reason\": \"It is done.\"}")
                .is(200);
    }
}
