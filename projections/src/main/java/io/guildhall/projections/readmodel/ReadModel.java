package io.guildhall.projections.readmodel;

/** All lists that follow from the journal. They lag behind it by what the followers' lag is, a fraction of a second. */
public record ReadModel(
        Gigs gigs,
        Invites invites,
        Jobs jobs,
        Proposals proposals,
        Contracts contracts,
        Timeline timeline,
        Ledger ledger,
        Messages messages,
        Reviews reviews,
        Notifications notifications,
        Search search,
        Matches matches,
        Freelancers freelancers,
        Records records,
        Analyses analyses) {}
