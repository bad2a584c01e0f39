package io.guildhall.http.route;

import static io.guildhall.domain.account.Role.CLIENT;
import static io.guildhall.domain.account.Role.FREELANCER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.domain.contract.EscrowRules;
import io.guildhall.domain.hire.Hire;
import io.guildhall.domain.hire.HireCommand;
import io.guildhall.domain.hire.HireSource;
import io.guildhall.domain.hire.HireTerms;
import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteCommand;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.http.TestClient;
import io.guildhall.kernel.Money;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Hires as users see them. No process runs: the tests send what the processes would. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HireTest {
    private static final String TERMS = """
            {"coverLetter": "Let me.", "price": {"amount": 1000, "currency": "USD"}, "deliveryDays": 9, "links": [],
             "milestones": [{"title": "All of it", "amount": {"amount": 1000, "currency": "USD"}, "days": 9}]}""";

    private final TestServer server = new TestServer();
    private final String ada = TestServer.newId("acc");
    private final String ben = TestServer.newId("acc");
    private final TestClient client = server.as(CLIENT, ada);
    private final TestClient freelancer = server.as(FREELANCER, ben);

    @AfterAll
    void close() {
        server.close();
    }

    private TestClient.Response accept(String proposal) {
        return client.post("/api/proposals/" + proposal + "/accept", "{\"revision\": 1}");
    }

    @Test
    void acceptsProposalInTheMomentAfterItsSubmission() {
        server.verifyPayoutAccount(ben);
        for (int i = 0; i < 20; i++) {
            var job = server.publishJob(ada);
            var proposal = freelancer
                    .post("/api/jobs/" + job + "/proposals", TERMS)
                    .is(201)
                    .json();
            var filling = accept(proposal.path("id").asText()).is(202).json();
            assertThat(filling.path("status").asText()).isEqualTo("FILLING");
            assertThat(filling.path("contractId").asText()).startsWith("ctr_");
        }
    }

    @Test
    void submitsAWithdrawnProposalAgainWhileTheJobIsOpen() {
        server.verifyPayoutAccount(ben);
        var job = server.publishJob(ada);
        var proposals = "/api/jobs/" + job + "/proposals";
        var proposal = "/api/proposals/"
                + freelancer.post(proposals, TERMS).is(201).json().path("id").asText();
        freelancer.post(proposal + "/withdraw").is(200);
        client.post(proposal + "/accept", "{\"revision\": 1}").is(409, "proposal-withdrawn");
        freelancer.post(proposals, TERMS).is(201);
        var read = client.get(proposal).is(200).json();
        assertThat(read.path("status").asText()).isEqualTo("SUBMITTED");
        assertThat(read.path("revision").asInt()).isEqualTo(2);
        client.post(proposal + "/accept", "{\"revision\": 1}").is(409, "proposal-revised");
        freelancer.post(proposal + "/withdraw").is(200);
        server.execute(Job.AGGREGATE, job, new JobCommand.Close(ada, "no time"));
        freelancer.post(proposals, TERMS).is(409, "job-not-open");
    }

    @Test
    void acceptsOneOfTwoProposalsThatAreAcceptedConcurrently() throws Exception {
        for (int i = 0; i < 10; i++) {
            var job = server.publishJob(ada);
            var first = server.proposal(job, ada, ben);
            var second = server.proposal(job, ada, TestServer.newId("acc"));
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var responses = threads
                        .invokeAll(List.<Callable<Integer>>of(
                                () -> accept(first).status(),
                                () -> accept(second).status()))
                        .stream()
                        .map(it -> it.resultNow())
                        .toList();
                assertThat(responses).containsExactlyInAnyOrder(202, 409);
            }
        }
    }

    @Test
    void countsWaitingProposalsWithoutListingThem() {
        var job = server.publishJob(ada);
        server.execute(Job.AGGREGATE, job, new JobCommand.CountProposals(new Job.ProposalCount(3, 9)));
        var read = client.get("/api/jobs/" + job).is(200).json();
        assertThat(read.path("proposalCount").asInt()).isEqualTo(3);
        assertThat(read.has("proposals")).isFalse();
    }

    @Test
    void rejectsAcceptedInviteOfFreelancerWhoCannotBePaid() {
        var pending = TestServer.newId("acc");
        var invite = "/api/invites/" + server.invite(server.publishJob(ada), ada, pending) + "/accept";
        server.as(FREELANCER, pending).post(invite).is(409, "payout-not-ready");
        server.verifyPayoutAccount(pending);
        server.as(FREELANCER, pending).post(invite).is(202);
    }

    @Test
    void showsHireThatTimedOutInJobAndInvite() {
        server.verifyPayoutAccount(ben);
        var job = server.publishJob(ada);
        var invite = server.invite(job, ada, ben);
        var contract = freelancer
                .post("/api/invites/" + invite + "/accept")
                .is(202)
                .json()
                .path("contractId")
                .asText();
        server.execute(Job.AGGREGATE, job, new JobCommand.TakeInvite(invite, 1, ada, "USD", contract, 500));
        server.execute(Job.AGGREGATE, job, new JobCommand.AbandonHire(contract, Hire.TIMED_OUT));
        server.execute(Invite.AGGREGATE, invite, new InviteCommand.Refuse(contract, AcceptanceFailure.TIMED_OUT));
        var failure = client.get("/api/jobs/" + job).json().path("lastHireFailure");
        assertThat(failure.path("contractId").asText()).isEqualTo(contract);
        assertThat(failure.path("inviteId").asText()).isEqualTo(invite);
        assertThat(failure.has("proposalId")).isFalse();
        assertThat(failure.path("reason").asText()).isEqualTo("timed-out");
        var read = client.get("/api/invites/" + invite).json();
        assertThat(read.path("status").asText()).isEqualTo("SENT");
        assertThat(read.path("acceptanceFailure").asText()).isEqualTo("TIMED_OUT");
    }

    @Test
    void showsProgressAndSuccessToItsPartiesOnly() {
        var contract = server.hire(ada, ben);
        var started = hire(client, contract);
        assertThat(started.path("status").asText()).isEqualTo("IN_PROGRESS");
        assertThat(started.path("source").asText()).isEqualTo("PROPOSAL");
        assertThat(started.path("deadline").asText()).isNotEmpty();
        assertThat(started.has("price")).isFalse();
        freelancer.get("/api/hires/" + contract).is(404, "not-found");
        var price = new Money(1_000, "USD");
        var terms = new HireTerms(ben, price, List.of(new MilestoneTerms("All of it", price, 9)));
        server.execute(Hire.AGGREGATE, contract, new HireCommand.Agree(terms));
        assertThat(hire(freelancer, contract).path("status").asText()).isEqualTo("IN_PROGRESS");
        server.execute(Hire.AGGREGATE, contract, new HireCommand.Complete());
        var succeeded = hire(freelancer, contract);
        assertThat(succeeded.path("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(succeeded.path("price").path("amount").asLong()).isEqualTo(1_000);
        assertThat(succeeded.path("feeBasisPoints").asInt()).isEqualTo(500);
        server.as(CLIENT, TestServer.newId("acc")).get("/api/hires/" + contract).is(404, "not-found");
    }

    @Test
    void showsOutcomeOfFailedHire() {
        var refused = server.hire(ada, ben);
        server.execute(Hire.AGGREGATE, refused, new HireCommand.Refuse("already-withdrawn"));
        assertThat(hire(client, refused).path("status").asText()).isEqualTo("REFUSED");
        assertThat(hire(client, refused).path("failureReason").asText()).isEqualTo("already-withdrawn");
        var late = TestServer.newId("ctr");
        var price = new Money(1_000, "USD");
        server.execute(
                Hire.AGGREGATE,
                late,
                new HireCommand.Start(
                        HireSource.invite("inv_1-a", 1),
                        Optional.of("job_1"),
                        ada,
                        "A logo",
                        500,
                        Optional.of(new HireTerms(ben, price, List.of(new MilestoneTerms("All of it", price, 9)))),
                        Duration.ZERO,
                        Optional.of(EscrowRules.STANDARD)));
        server.execute(Hire.AGGREGATE, late, new HireCommand.TimeOut());
        assertThat(hire(freelancer, late).path("status").asText()).isEqualTo("TIMED_OUT");
        assertThat(hire(freelancer, late).path("inviteId").asText()).isEqualTo("inv_1-a");
    }

    private static JsonNode hire(TestClient reader, String contract) {
        return reader.get("/api/hires/" + contract).is(200).json();
    }
}
