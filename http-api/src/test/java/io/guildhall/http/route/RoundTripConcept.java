package io.guildhall.http.route;

import static io.guildhall.Await.result;
import static io.guildhall.domain.account.Role.CLIENT;
import static io.guildhall.domain.account.Role.FREELANCER;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigDetails;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.Offer;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobDetails;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileDetails;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.Terms;
import io.guildhall.http.TestClient;
import io.guildhall.http.route.gig.GigFields;
import io.guildhall.http.route.gig.GigResource;
import io.guildhall.http.route.invite.InviteFields;
import io.guildhall.http.route.invite.InviteResource;
import io.guildhall.http.route.job.JobFields;
import io.guildhall.http.route.job.JobResource;
import io.guildhall.http.route.profile.ProfileFields;
import io.guildhall.http.route.profile.ProfileResource;
import io.guildhall.http.route.proposal.ProposalFields;
import io.guildhall.http.route.proposal.ProposalResource;
import io.guildhall.kernel.Aggregate;
import io.guildhall.projections.readmodel.gig.GigRow;
import io.guildhall.projections.readmodel.gig.GigStatus;
import io.guildhall.projections.readmodel.invite.InviteRow;
import io.guildhall.projections.readmodel.invite.InviteStatus;
import io.guildhall.projections.readmodel.job.JobRow;
import io.guildhall.projections.readmodel.proposal.ProposalRow;
import io.guildhall.projections.readmodel.proposal.ProposalStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One kind of content for {@link RoundTripTest}: how it is created, and the records that accept, store and return it.
 */
abstract class RoundTripConcept {
    private static final Instant NOW = Instant.parse("2026-11-23T15:04:05Z");

    final TestServer server;
    final Class<? extends Record> fields;
    final Class<? extends Record> details;
    final Class<? extends Record> resource;

    /**
     * @param fields accepted by POST or PUT
     * @param details stored by the aggregate
     * @param resource returned
     */
    private RoundTripConcept(
            TestServer server,
            Class<? extends Record> fields,
            Class<? extends Record> details,
            Class<? extends Record> resource) {
        this.server = server;
        this.fields = fields;
        this.details = details;
        this.resource = resource;
    }

    static List<RoundTripConcept> all(TestServer server) {
        return List.of(
                new Jobs(server), new Gigs(server), new Proposals(server), new Invites(server), new Profiles(server));
    }

    /** A resource that was created from a body. */
    record Created(TestClient owner, String ownerId, String path, String id, JsonNode response) {}

    /** Prefixes of stored paths that have another name in the API. An empty name removes the prefix. */
    Map<String, String> renamed() {
        return Map.of();
    }

    /** Fields that are not part of the stored details. */
    Set<String> notInDetails() {
        return Set.of();
    }

    /** Fields that the resource shows in another form. */
    Set<String> notInResource() {
        return Set.of();
    }

    boolean isEditable() {
        return true;
    }

    /** Adjusts a generated body to the rules between its fields. */
    abstract void makeConsistent(ObjectNode body, String ownerId);

    /** Creates a resource with its own owner. The body is made consistent first. */
    abstract Created create(ObjectNode body);

    abstract Record stored(String id);

    /** The resource as a list returns it, for a row with the stored details; empty if no list contains it. */
    abstract Optional<Record> listed(String id);

    @Override
    public String toString() {
        return getClass().getSimpleName();
    }

    final <S> S state(Aggregate<S, ?, ?, ?> aggregate, String id) {
        return result(server.entities.state(aggregate, id));
    }

    final Created post(TestClient owner, String ownerId, String path, String resources, ObjectNode body) {
        makeConsistent(body, ownerId);
        var response = owner.post(path, body.toString()).is(201).json();
        var id = response.path("id").asText();
        return new Created(owner, ownerId, resources + id, id, response);
    }

    private static void setPrice(JsonNode price, long amount, String currency) {
        ((ObjectNode) price).put("amount", amount).put("currency", currency);
    }

    /** Sets the price to the sum of the milestones, in the currency of {@link TestServer#publishJob}. */
    private static void addUpMilestones(ObjectNode body) {
        long sum = 0;
        for (var milestone : body.path("milestones")) {
            long amount = 1 + milestone.path("amount").path("amount").asLong() % 1_000_000;
            setPrice(milestone.path("amount"), amount, "USD");
            sum += amount;
        }
        setPrice(body.path("price"), sum, "USD");
    }

    /** Gives each milestone its share of the delivery days. */
    private static void fitMilestones(ObjectNode body) {
        int count = body.path("milestones").size();
        int days = Math.max(count, body.path("deliveryDays").asInt());
        body.put("deliveryDays", days);
        for (var milestone : body.path("milestones")) ((ObjectNode) milestone).put("days", days / count);
    }

    private static String fileKey(String ownerId, String purpose) {
        return ownerId + "/" + purpose + "/" + TestServer.newId("fil") + ".png";
    }

    private static void setFileKeys(JsonNode files, String ownerId, String purpose) {
        for (int i = 0; i < files.size(); i++) ((ArrayNode) files).set(i, fileKey(ownerId, purpose));
    }

    private static final class Jobs extends RoundTripConcept {
        Jobs(TestServer server) {
            super(server, JobFields.class, JobDetails.class, JobResource.class);
        }

        @Override
        Map<String, String> renamed() {
            return Map.of("budgetMin", "budget.min", "budgetMax", "budget.max");
        }

        @Override
        void makeConsistent(ObjectNode body, String ownerId) {
            var min = body.path("budget").path("min");
            var max = body.path("budget").path("max");
            long one = min.path("amount").asLong();
            long other = max.path("amount").asLong();
            setPrice(max, Math.max(one, other), min.path("currency").asText());
            setPrice(min, Math.min(one, other), min.path("currency").asText());
        }

        @Override
        Created create(ObjectNode body) {
            var client = TestServer.newId("acc");
            return post(server.as(CLIENT, client), client, "/api/jobs", "/api/jobs/", body);
        }

        @Override
        JobDetails stored(String id) {
            return ((Job.Draft) state(Job.AGGREGATE, id)).posting().details();
        }

        @Override
        Optional<Record> listed(String id) {
            return Optional.of(JobResource.fromRow(JobRow.created(id, "acc_1", stored(id), NOW)));
        }
    }

    private static final class Gigs extends RoundTripConcept {
        private static final List<String> TIERS = List.of("BASIC", "STANDARD", "PREMIUM");

        Gigs(TestServer server) {
            super(server, GigFields.class, GigDetails.class, GigResource.class);
        }

        @Override
        void makeConsistent(ObjectNode body, String ownerId) {
            var packages = body.path("packages");
            for (int i = 0; i < packages.size(); i++) {
                ((ObjectNode) packages.get(i)).put("tier", TIERS.get(i));
                setPrice(packages.get(i).path("price"), 1_000L * (i + 1), "EUR");
            }
            setFileKeys(body.path("media"), ownerId, "gig");
        }

        @Override
        Created create(ObjectNode body) {
            var freelancer = TestServer.newId("acc");
            return post(server.as(FREELANCER, freelancer), freelancer, "/api/gigs", "/api/gigs/", body);
        }

        @Override
        GigDetails stored(String id) {
            return state(Gig.AGGREGATE, id).findListing().orElseThrow().details();
        }

        @Override
        Optional<Record> listed(String id) {
            return Optional.of(GigResource.fromRow(new GigRow(id, "acc_1", stored(id), GigStatus.DRAFT, 1, NOW)));
        }
    }

    private static final class Proposals extends RoundTripConcept {
        Proposals(TestServer server) {
            super(server, ProposalFields.class, Terms.class, ProposalResource.class);
        }

        @Override
        void makeConsistent(ObjectNode body, String ownerId) {
            addUpMilestones(body);
            fitMilestones(body);
        }

        @Override
        Created create(ObjectNode body) {
            var freelancer = TestServer.newId("acc");
            server.verifyPayoutAccount(freelancer);
            var path = "/api/jobs/" + server.publishJob(TestServer.newId("acc")) + "/proposals";
            return post(server.as(FREELANCER, freelancer), freelancer, path, "/api/proposals/", body);
        }

        @Override
        Terms stored(String id) {
            return ((Proposal.Pending) state(Proposal.AGGREGATE, id)).bid().terms();
        }

        @Override
        Optional<Record> listed(String id) {
            return Optional.of(ProposalResource.fromRow(new ProposalRow(
                    id,
                    "job_1",
                    Optional.empty(),
                    "acc_1",
                    "acc_2",
                    stored(id),
                    ProposalStatus.SUBMITTED,
                    false,
                    1,
                    Optional.empty(),
                    Optional.empty(),
                    NOW,
                    NOW)));
        }
    }

    private static final class Invites extends RoundTripConcept {
        Invites(TestServer server) {
            super(server, InviteFields.class, Offer.class, InviteResource.class);
        }

        @Override
        Set<String> notInDetails() {
            return Set.of("freelancerId", "expiresInDays");
        }

        @Override
        Set<String> notInResource() {
            return Set.of("freelancerId", "expiresInDays");
        }

        @Override
        boolean isEditable() {
            return false;
        }

        @Override
        void makeConsistent(ObjectNode body, String ownerId) {
            addUpMilestones(body);
            fitMilestones(body);
        }

        @Override
        Created create(ObjectNode body) {
            var client = TestServer.newId("acc");
            var path = "/api/jobs/" + server.publishJob(client) + "/invites";
            return post(server.as(CLIENT, client), client, path, "/api/invites/", body);
        }

        private Invite.Pending pending(String id) {
            return (Invite.Pending) state(Invite.AGGREGATE, id);
        }

        @Override
        Offer stored(String id) {
            return pending(id).details().offer();
        }

        @Override
        Optional<Record> listed(String id) {
            return Optional.of(InviteResource.fromRow(new InviteRow(
                    id, pending(id).details(), InviteStatus.SENT, Optional.empty(), Optional.empty(), NOW, NOW)));
        }
    }

    private static final class Profiles extends RoundTripConcept {
        private static final String PATH = "/api/me/profile";

        Profiles(TestServer server) {
            super(server, ProfileFields.class, ProfileDetails.class, ProfileResource.class);
        }

        @Override
        Map<String, String> renamed() {
            return Map.of("showcase", "");
        }

        @Override
        void makeConsistent(ObjectNode body, String ownerId) {
            if (body.has("picture")) body.put("picture", fileKey(ownerId, "picture"));
            for (var work : body.path("portfolio")) setFileKeys(work.path("files"), ownerId, "portfolio");
        }

        @Override
        Created create(ObjectNode body) {
            var account = TestServer.newId("acc");
            server.createProfile(account);
            makeConsistent(body, account);
            var owner = server.as(FREELANCER, account);
            var response = owner.with("If-Match", "\"1\"").put(PATH, body.toString());
            return new Created(owner, account, PATH, account, response.is(200).json());
        }

        @Override
        ProfileDetails stored(String id) {
            return ((Profile.Created) state(Profile.AGGREGATE, id)).details();
        }

        @Override
        Optional<Record> listed(String id) {
            return Optional.empty();
        }
    }
}
