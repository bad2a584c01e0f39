package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteCommand;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand;
import io.guildhall.http.TestClient;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Jobs, proposals, invites and contracts say when they were created and last changed, also when they are read alone. */
class DatesTest {
    private static final TestServer SERVER = new TestServer();
    private final String client = TestServer.newId("acc");
    private final String freelancer = TestServer.newId("acc");
    private final TestClient reader = SERVER.as(Role.CLIENT, client);

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static Instant created(JsonNode resource) {
        return Instant.parse(resource.path("createdAt").asText());
    }

    private static Instant changed(JsonNode resource) {
        return Instant.parse(resource.path("changedAt").asText());
    }

    private void changes(String path, Runnable change) {
        var before = reader.get(path).is(200).json();
        assertThat(created(before)).isBetween(Instant.now().minusSeconds(60), Instant.now());
        change.run();
        var after = reader.get(path).is(200).json();
        assertThat(created(after)).isEqualTo(created(before));
        assertThat(changed(after)).isAfter(changed(before)).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void job() {
        var job = SERVER.publishJob(client);
        var path = "/api/jobs/" + job;
        var published = Instant.parse(
                reader.get(path).is(200).json().path("publishedAt").asText());
        changes(path, () -> SERVER.execute(Job.AGGREGATE, job, new JobCommand.Close(client, "Done")));
        assertThat(reader.get(path).is(200).json().path("publishedAt").asText()).isEqualTo(published.toString());
    }

    @Test
    void proposalsDoNotChangeTheirJob() {
        var job = SERVER.publishJob(client);
        var before = reader.get("/api/jobs/" + job).is(200).json();
        SERVER.execute(Job.AGGREGATE, job, new JobCommand.CountProposals(new Job.ProposalCount(1, 1)));
        var after = reader.get("/api/jobs/" + job).is(200).json();
        assertThat(after.path("proposalCount").asInt()).isOne();
        assertThat(changed(after)).isEqualTo(changed(before));
    }

    @Test
    void proposal() {
        var proposal = SERVER.proposal(SERVER.publishJob(client), client, freelancer);
        changes(
                "/api/proposals/" + proposal,
                () -> SERVER.execute(Proposal.AGGREGATE, proposal, new ProposalCommand.Shortlist(client)));
    }

    @Test
    void invite() {
        var invite = SERVER.invite(SERVER.publishJob(client), client, freelancer);
        changes(
                "/api/invites/" + invite,
                () -> SERVER.execute(Invite.AGGREGATE, invite, new InviteCommand.Withdraw(client)));
    }

    @Test
    void contract() {
        var contract = SERVER.contract(client, freelancer);
        changes(
                "/api/contracts/" + contract,
                () -> SERVER.execute(
                        Contract.AGGREGATE, contract, new ContractCommand.Cancel(client, "No longer needed")));
    }
}
