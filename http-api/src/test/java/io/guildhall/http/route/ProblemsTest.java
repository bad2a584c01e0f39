package io.guildhall.http.route;

import static io.guildhall.Await.result;
import static io.guildhall.domain.account.Role.ADMIN;
import static io.guildhall.domain.account.Role.CLIENT;
import static io.guildhall.domain.account.Role.FREELANCER;
import static io.guildhall.testing.TermsBuilder.someTerms;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.contact.Contacts;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand;
import io.guildhall.domain.room.Room;
import io.guildhall.http.TestClient;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The problems that users meet on the way from a job to a review. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProblemsTest {
    private static final String VISA = "{\"paymentMethod\": \"pm_card_visa\"}";
    private static final String USD = "{\"amount\": 1000, \"currency\": \"USD\"}";
    private static final String EUR = "{\"amount\": 1000, \"currency\": \"EUR\"}";

    private final TestServer server = new TestServer();
    private final String ada = TestServer.newId("acc");
    private final String ben = TestServer.newId("acc");
    private final TestClient client = server.as(CLIENT, ada);
    private final TestClient freelancer = server.as(FREELANCER, ben);

    @AfterAll
    void close() {
        server.close();
    }

    private static String job(String title, String min, String max) {
        return """
                {"title": "%s", "description": "Round.", "category": "design", "skills": [], "pay": "FIXED",
                 "budget": {"min": %s, "max": %s}}""".formatted(title, min, max);
    }

    private static String terms(String price, String amount) {
        return """
                {"coverLetter": "Let me.", "price": %s, "deliveryDays": 9, "links": [],
                 "milestones": [{"title": "All of it", "amount": %s, "days": 9}]}""".formatted(price, amount);
    }

    private static String accept(String proposal) {
        return "/api/proposals/" + proposal + "/accept";
    }

    @ParameterizedTest
    @CsvSource({"\u200b\u200b, CH, name", "\u3164, CH, name", "\u2800, CH, name", "Ada, ZZ, country", "Ada, ch, country"
    })
    void rejectsNamesThatNobodySeesAndCountriesThatDoNotExist(String name, String country, String field) {
        var problem = server.anonymous
                .post("/api/auth/register", """
                        {"email": "a@example.com", "password": "correct horse battery", "name": "%s", "country": "%s",
                         "roles": ["CLIENT"]}""".formatted(name, country))
                .is(422, "invalid");
        assertThat(problem.json().at("/errors/0/field").asText()).isEqualTo(field);
    }

    @Test
    void unknownPathIsAPageForBrowsersAndAProblemForOthers() {
        var browser = server.anonymous.with("Accept", "text/html,*/*;q=0.8");
        assertThat(browser.get("/jbos").is(404).text()).contains("<h1>Page not found</h1>");
        server.anonymous.get("/jbos").is(404, "not-found");
        browser.get("/api/jobs/" + TestServer.newId("job")).is(404, "not-found");
        browser.post("/jbos").is(404, "not-found");
    }

    @Test
    void rejectsSuspensionOfOwnAccount() {
        var admin = TestServer.newId("acc");
        server.registerAccount(admin);
        server.as(ADMIN, admin)
                .post("/api/admin/accounts/" + admin + "/suspend", "{\"reason\": \"By mistake\"}")
                .is(409, "own-account");
    }

    @Test
    void sameProposalOrReviewAgainChangesNothingAndAnotherIsRejected() {
        var job = server.publishJob(ada);
        server.verifyPayoutAccount(ben);
        var proposals = "/api/jobs/" + job + "/proposals";
        var first = freelancer.post(proposals, terms(USD, USD)).is(201);
        assertThat(freelancer.post(proposals, terms(USD, USD)).is(201).json()).isEqualTo(first.json());
        freelancer
                .post(proposals, terms(USD, USD).replace("Let me.", "Please."))
                .is(409, "proposal-exists");

        var reviews = "/api/contracts/" + server.reviewableContract(ada, ben) + "/reviews";
        var review = """
                {"overall": 5, "quality": 5, "communication": 5, "timeliness": 5, "professionalism": 5, "text": "Good"}""";
        var written = client.post(reviews, review).is(201);
        assertThat(client.post(reviews, review).is(201).json()).isEqualTo(written.json());
        client.post(reviews, review.replace("Good", "Great")).is(409, "review-exists");
    }

    @Test
    void rejectsMilestonesThatTakeLongerThanTheDelivery() {
        server.verifyPayoutAccount(ben);
        var job = server.publishJob(ada);
        var tooLong = terms(USD, USD).replace("\"days\": 9", "\"days\": 10");
        freelancer.post("/api/jobs/" + job + "/proposals", tooLong).is(422, "milestones-too-long");
        var invite = """
                {"freelancerId": "%s", "message": "Please", "price": %s, "deliveryDays": 7,
                 "milestones": [{"title": "All", "amount": %s, "days": 8}]}""".formatted(ben, USD, USD);
        server.registerAccount(ben);
        client.post("/api/jobs/" + job + "/invites", invite).is(422, "milestones-too-long");
    }

    /** A withdrawn invite counts too. */
    @Test
    void rejectsManyInvitesToOneFreelancer() {
        var freelancerId = TestServer.newId("acc");
        server.registerAccount(freelancerId);
        var invite = """
                {"freelancerId": "%s", "message": "Please", "price": %s, "deliveryDays": 7,
                 "milestones": [{"title": "All", "amount": %s, "days": 7}]}""".formatted(freelancerId, USD, USD);
        var invites = "/api/jobs/" + server.publishJob(ada) + "/invites";
        for (int i = 0; i < Contacts.MAX_INVITES_PER_DAY_TO_ONE; i++) {
            var id = client.post(invites, invite).is(201).json().path("id").asText();
            client.post("/api/invites/" + id + "/withdraw", "").is(200);
        }
        client.post(invites, invite).is(409, "too-many-invites");
    }

    @Test
    void rejectsEditOfStaleRevision() {
        var path = "/api/jobs/" + server.publishJob(ada);
        var etag = client.get(path).is(200).header("ETag").orElseThrow();
        client.put(path, job("New", USD, USD)).is(428, "if-match-required");
        client.with("If-Match", etag).put(path, job("New", USD, USD)).is(200);
        client.with("If-Match", etag).put(path, job("Late", USD, USD)).is(412, "precondition-failed");
        assertThat(client.get(path).json().path("title").asText()).isEqualTo("New");
    }

    @Test
    void rejectsAcceptOfProposalThatWasRevised() {
        var job = server.publishJob(ada);
        var proposal = server.proposal(job, ada, ben);
        freelancer
                .with("If-Match", "\"1\"")
                .put("/api/proposals/" + proposal, terms(USD, USD))
                .is(200);
        client.post(accept(proposal), "{\"revision\": 1}").is(409, "proposal-revised");
        assertThat(client.get("/api/jobs/" + job).json().path("status").asText())
                .isEqualTo("OPEN");
        client.post(accept(proposal), "{\"revision\": 2}").is(202);
    }

    @Test
    void showsFailedHireToTheClientOnly() {
        var job = server.publishJob(ada);
        var proposal = server.proposal(job, ada, ben);
        var hire = client.post(accept(proposal), "{\"revision\": 1}").is(202).json();
        assertThat(hire.path("status").asText()).isEqualTo("FILLING");
        // What the process does if the proposal is revised at the same moment.
        server.execute(
                Job.AGGREGATE,
                job,
                new JobCommand.AbandonHire(hire.path("contractId").asText(), "CHANGED_MEANWHILE"));
        var read = client.get("/api/jobs/" + job).json();
        assertThat(read.path("status").asText()).isEqualTo("OPEN");
        assertThat(read.path("lastHireFailure").path("reason").asText()).isEqualTo("CHANGED_MEANWHILE");
        assertThat(freelancer.get("/api/jobs/" + job).json().has("lastHireFailure"))
                .isFalse();
    }

    @Test
    void acceptsOneOfTwoProposalsAndRepeatedAcceptIsIdempotent() {
        var job = server.publishJob(ada);
        var first = server.proposal(job, ada, ben);
        var second = server.proposal(job, ada, TestServer.newId("acc"));
        var won = client.post(accept(first), "{\"revision\": 1}").is(202).json();
        client.post(accept(second), "{\"revision\": 1}").is(409, "job-being-filled");
        var again = client.post(accept(first), "{\"revision\": 1}").is(202).json();
        assertThat(again.path("contractId")).isEqualTo(won.path("contractId"));
    }

    @Test
    void rejectsAcceptAndRevisionOfWithdrawnProposal() {
        var job = server.publishJob(ada);
        var proposal = server.proposal(job, ada, ben);
        freelancer.post("/api/proposals/" + proposal + "/withdraw").is(200);
        client.post(accept(proposal), "{\"revision\": 1}").is(409, "proposal-withdrawn");
        freelancer
                .with("If-Match", "\"1\"")
                .put("/api/proposals/" + proposal, terms(USD, USD))
                .is(409, "proposal-withdrawn");
    }

    @Test
    void rejectsProposalWithoutPayoutAccountOrInOtherCurrency() {
        var applicantId = TestServer.newId("acc");
        var path = "/api/jobs/" + server.publishJob(ada) + "/proposals";
        var applicant = server.as(FREELANCER, applicantId);
        applicant.post(path, terms(EUR, EUR)).is(422, "other-currency");
        applicant.post(path, terms(USD, USD)).is(409, "payout-not-ready");
        server.verifyPayoutAccount(applicantId);
        applicant
                .post(path, terms(USD, "{\"amount\": 999, \"currency\": \"USD\"}"))
                .is(422, "milestones-do-not-add-up");
        var proposal =
                applicant.post(path, terms(USD, USD)).is(201).json().path("id").asText();
        applicant
                .with("If-Match", "\"1\"")
                .put("/api/proposals/" + proposal, terms(EUR, EUR))
                .is(409, "currency-fixed");
        server.as(FREELANCER, ada).post(path, terms(USD, USD)).is(403, "own-job");
    }

    @Test
    void hidesDraftsAndTheContractOfAJobFromOthers() {
        var draft = client.post("/api/jobs", job("Secret", USD, USD)).is(201).json();
        var path = "/api/jobs/" + draft.path("id").asText();
        server.anonymous.get(path).is(404, "not-found");
        freelancer.post(path + "/proposals", terms(USD, USD)).is(404, "not-found");
        var job = server.publishJob(ada);
        var proposal = server.proposal(job, ada, ben);
        server.anonymous.get("/api/jobs/" + job).is(200);
        client.post(accept(proposal), "{\"revision\": 1}").is(202);
        for (var other : List.of(server.anonymous, freelancer)) {
            var read = other.get("/api/jobs/" + job).is(200).json();
            assertThat(read.path("status").asText()).isIn("FILLING", "HIRED");
            assertThat(read.has("contractId")).isFalse();
        }
        assertThat(client.get("/api/jobs/" + job).is(200).json().has("contractId"))
                .isTrue();
        server.anonymous.get("/api/jobs/" + "nonsense").is(404, "not-found");
    }

    @Test
    void takesAmountsFromTheContractOnly() {
        var contract = server.contract(ada, ben);
        var funding = "/api/contracts/" + contract + "/milestones/1/fund";
        client.post(funding, "{\"paymentMethod\": \"pm_card_visa\", \"amount\": 1}")
                .is(400, "malformed");
        client.post(funding, "{\"paymentMethod\": \"4242424242424242\"}").is(422, "invalid");
        var escrow = client.post(funding, VISA).is(202).json();
        assertThat(escrow.path("amount").path("amount").asLong()).isEqualTo(1000);
        assertThat(escrow.path("fee").path("amount").asLong()).isEqualTo(50);
        assertThat(escrow.path("status").asText()).isEqualTo("FUNDING");
        client.post(funding, "{\"paymentMethod\": \"pm_card_other\"}").is(409, "funding-under-way");
    }

    @Test
    void showsClientSecretToThePayingClientOnly() {
        var contract = server.contract(ada, ben);
        var escrow = Escrow.id(contract, 1);
        server.execute(
                Escrow.AGGREGATE, escrow, new EscrowCommand.Fund(ada, "pm_card_authenticationRequired", "req_1"));
        server.execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RecordActionRequired(1, "pi_1", "secret"));
        var path = "/api/contracts/" + contract + "/milestones/1/escrow";
        assertThat(client.get(path).json().path("clientSecret").asText()).isEqualTo("secret");
        assertThat(freelancer.get(path).is(200).text()).doesNotContain("secret", "pi_1");
    }

    @Test
    void showsReasonOfDeclinedCardToItsOwnerOnly() {
        var contract = server.contract(ada, ben);
        var escrow = Escrow.id(contract, 1);
        server.execute(Escrow.AGGREGATE, escrow, new EscrowCommand.Fund(ada, "pm_card_declined", "req_1"));
        server.execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RecordDeclined(1, "insufficient_funds"));
        var path = "/api/contracts/" + contract + "/milestones/1/escrow";
        var read = client.get(path).is(200).json();
        assertThat(read.path("status").asText()).isEqualTo("OPENED");
        assertThat(read.path("lastDecline").path("code").asText()).isEqualTo("insufficient_funds");
        assertThat(freelancer.get(path).is(200).text()).doesNotContain("insufficient_funds");
    }

    private String fieldErrors(String amount, String currency) {
        var price = "{\"amount\": " + amount + ", \"currency\": \"" + currency + "\"}";
        return client.post("/api/jobs", job("x", price, price))
                .is(422, "invalid")
                .text();
    }

    @Test
    void smallestPriceIsWhatCanBeChargedInItsCurrency() {
        assertThat(fieldErrors("49", "USD"))
                .contains(
                        "budget.min.amount", "at least 50 minor units, the smallest amount that can be charged in USD");
        assertThat(fieldErrors("29", "GBP")).contains("at least 30 minor units");
        assertThat(fieldErrors("49", "JPY")).contains("at least 50 minor units");
        for (var least : List.of("{\"amount\": 30, \"currency\": \"GBP\"}", "{\"amount\": 50, \"currency\": \"JPY\"}"))
            client.post("/api/jobs", job("x", least, least)).is(201);
    }

    @Test
    void refusesUnsupportedCurrencyByName() {
        assertThat(fieldErrors("5000", "KWD"))
                .contains("budget.min.currency", "KWD is not supported; use one of USD, EUR, GBP, CHF, JPY");
        assertThat(fieldErrors("5000", "<b>"))
                .contains("The value is not supported")
                .doesNotContain("<b>");
    }

    @Test
    void unconfirmedPaymentCanBeReplacedOrCancelledAndRunningOneCannot() {
        var contract = server.contract(ada, ben);
        var escrow = Escrow.id(contract, 1);
        var milestone = "/api/contracts/" + contract + "/milestones/1";
        server.execute(Escrow.AGGREGATE, escrow, new EscrowCommand.Fund(ada, "pm_card_3ds", "req_1"));
        assertThat(client.post(milestone + "/fund", VISA)
                        .is(409, "funding-under-way")
                        .json()
                        .path("detail")
                        .asText())
                .contains("is charging another card");
        client.post(milestone + "/cancel-payment", "").is(409, "funding-under-way");
        server.execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RecordActionRequired(1, "pi_1", "secret"));
        assertThat(client.get(milestone + "/escrow")
                        .is(200)
                        .json()
                        .path("clientSecret")
                        .asText())
                .isEqualTo("secret");
        var replaced = client.post(milestone + "/fund", VISA).is(202).json();
        assertThat(replaced.path("pending").asText()).isEqualTo("REQUESTED");
        assertThat(replaced.path("clientSecret").isMissingNode()).isTrue();
        server.execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RecordDeclined(1, "canceled"));
        server.execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RecordActionRequired(2, "pi_2", "secret"));
        client.post(milestone + "/cancel-payment", "").is(202);
        server.execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RecordDeclined(2, "canceled"));
        assertThat(client.get(milestone + "/escrow")
                        .is(200)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("OPENED");
        freelancer.post(milestone + "/cancel-payment", "").is(403, "wrong-role");
    }

    @Test
    void repeatedFundingWithSameKeySucceedsAfterTheCharge() {
        var contract = server.contract(ada, ben);
        var path = "/api/contracts/" + contract + "/milestones/1/fund";
        var sender = client.with("Idempotency-Key", "one-" + contract);
        sender.post(path, VISA).is(202);
        var escrow = Escrow.id(contract, 1);
        var price = result(server.entities.state(Escrow.AGGREGATE, escrow))
                .findDeal()
                .orElseThrow()
                .amount();
        server.execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RecordHeld(1, "pi_" + contract, price));
        server.forgetStoredResponses();
        var again = sender.post(path, VISA).is(202).json();
        assertThat(again.path("status").asText()).isEqualTo("HELD");
        client.with("Idempotency-Key", "two-" + contract).post(path, VISA).is(409, "escrow-funded");
    }

    @Test
    void rejectsActionsOfTheOtherParty() {
        var milestone = "/api/contracts/" + server.contract(ada, ben) + "/milestones/1";
        server.as(CLIENT, ben).post(milestone + "/fund", VISA).is(403, "not-your-part");
        server.as(CLIENT, ben).post(milestone + "/accept").is(403, "not-your-part");
        server.as(FREELANCER, ada)
                .post(milestone + "/submit", "{\"note\": \"x\"}")
                .is(403, "not-your-part");
        freelancer.post(milestone + "/submit", "{\"note\": \"x\"}").is(409, "milestone-not-funded");
        client.post(milestone.replace("/1", "/7") + "/accept").is(404, "not-found");
        client.post(milestone.replace("/1", "/x") + "/accept").is(400, "bad-path");
    }

    @Test
    void rejectsActionsThatDoNotFitTheStateOfTheContract() {
        var contract = server.contract(ada, ben);
        server.execute(Contract.AGGREGATE, contract, new ContractCommand.MarkFunded(1));
        client.post("/api/contracts/" + contract + "/cancel", "{\"reason\": \"x\"}")
                .is(409, "contract-funded");
        client.post("/api/contracts/" + contract + "/milestones/1/request-changes", "{\"note\": \"x\"}")
                .is(409, "work-not-submitted");
        client.post("/api/contracts/" + contract + "/reviews", """
                {"overall": 5, "quality": 5, "communication": 5, "timeliness": 5, "professionalism": 5, "text": "x"}""").is(409, "review-not-open");
    }

    @Test
    void storesHostileTextUnchangedAndRejectsInvalidText() {
        var path = "/api/rooms/" + Room.id(server.contract(ada, ben)) + "/messages";
        var text = "'; DROP TABLE message; -- <script>alert(1)</script> \\u202e \\ud83d\\ude00";
        assertThat(client.post(path, "{\"text\": \"" + text + "\"}")
                        .is(201)
                        .json()
                        .path("text")
                        .asText())
                .startsWith("'; DROP TABLE")
                .contains("<script>");
        client.post(path, "{\"text\": \"a\\u0000b\"}").is(400, "malformed");
        client.post(path, "{\"text\": \"   \"}").is(422, "nothing-said");
        client.post(path, "{\"text\": \"" + "x".repeat(5_001) + "\"}").is(400, "malformed");
        client.post(path, "{\"text\": \"x\", \"authorId\": \"acc_1\"}").is(400, "malformed");
        client.post("/api/jobs", job("x".repeat(121), USD, USD)).is(400, "malformed");
        client.post("/api/jobs", job("x", USD, EUR)).is(422, "budget-unsound");
        client.post("/api/jobs", job("x", USD, "{\"amount\": 100000001, \"currency\": \"USD\"}"))
                .is(422, "invalid");
        client.post("/api/jobs", job("x", USD, "{\"amount\": 10.5, \"currency\": \"USD\"}"))
                .is(400, "malformed");
    }

    @Test
    void repeatedRequestWithSameKeyReturnsSameId() {
        var path = "/api/rooms/" + Room.id(server.contract(ada, ben)) + "/messages";
        var sender = client.with("Idempotency-Key", TestServer.newId("key"));
        var first = sender.post(path, "{\"text\": \"Hello\"}").is(201).json();
        assertThat(sender.post(path, "{\"text\": \"Hello\"}").is(201).json()).isEqualTo(first);
        sender.post(path, "{\"text\": \"Other\"}").is(422, "idempotency-key-reused");
        assertThat(client.get(path.replace("/messages", ""))
                        .json()
                        .path("messageCount")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void acceptsOnlyTheLastRevision() {
        var job = server.publishJob(ada);
        var proposal = server.proposal(job, ada, ben);
        var revised = someTerms().withMessage("Revised.").priced(TestServer.TEN).build();
        server.execute(Proposal.AGGREGATE, proposal, new ProposalCommand.Revise(ben, 1, revised));
        var read = client.get("/api/proposals/" + proposal).is(200);
        assertThat(read.header("ETag")).contains("\"2\"");
        assertThat(read.json().path("coverLetter").asText()).isEqualTo("Revised.");
        client.post(accept(proposal), "{\"revision\": 1}").is(409, "proposal-revised");
        client.post(accept(proposal), "{\"revision\": 0}").is(422, "invalid");
    }
}
