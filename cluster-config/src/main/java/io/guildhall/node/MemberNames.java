package io.guildhall.node;

import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pekko.cluster.Cluster;

/**
 * The members of the node's cluster, as the lease knows them. After the node has left, the last ones that it has seen:
 * it still uses the database while it shuts down.
 */
final class MemberNames implements Supplier<Set<String>> {
    private final Cluster cluster;
    private volatile Set<String> last;

    /** @param cluster of which the node is a member */
    MemberNames(Cluster cluster) {
        this.cluster = cluster;
        this.last = Set.of(ClusterLease.name(cluster.selfMember()));
    }

    @Override
    public Set<String> get() {
        var members = StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                .map(ClusterLease::name)
                .collect(Collectors.toUnmodifiableSet());
        boolean hasLeft = cluster.isTerminated() || !members.contains(ClusterLease.name(cluster.selfMember()));
        if (!hasLeft) last = members;
        return last;
    }
}
