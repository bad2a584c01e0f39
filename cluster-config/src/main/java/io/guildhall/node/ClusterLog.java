package io.guildhall.node;

import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent.MemberEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.ClusterEvent.MemberUp;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs one line for each other node that joins the cluster, leaves it or is lost, from when this node has joined. */
final class ClusterLog {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterLog.class);

    private final Member self;
    private boolean hasJoined;

    private ClusterLog(Member self) {
        this.self = self;
    }

    static void start(ActorSystem<?> system) {
        var cluster = Cluster.get(system);
        var log = new ClusterLog(cluster.selfMember());
        var listener = system.systemActorOf(log.behavior(), "cluster-log", Props.empty());
        cluster.subscriptions().tell(Subscribe.create(listener, MemberEvent.class));
    }

    private Behavior<MemberEvent> behavior() {
        return Behaviors.receive(MemberEvent.class)
                .onMessage(MemberUp.class, up -> joined(up.member()))
                .onMessage(MemberRemoved.class, removed -> removed(removed.member(), removed.previousStatus()))
                .onAnyMessage(_ -> Behaviors.same())
                .build();
    }

    private Behavior<MemberEvent> joined(Member member) {
        if (isSelf(member)) hasJoined = true;
        else if (hasJoined) LOG.info("Node {} has joined the cluster", address(member));
        return Behaviors.same();
    }

    private Behavior<MemberEvent> removed(Member member, MemberStatus previous) {
        boolean isLost = previous.equals(MemberStatus.down());
        if (isSelf(member)) {
            if (isLost) LOG.warn("This node has lost the majority of the cluster and stops");
        } else if (isLost) LOG.warn("Node {} is lost; the other nodes take over its work", address(member));
        else LOG.info("Node {} has left the cluster", address(member));
        return Behaviors.same();
    }

    private boolean isSelf(Member member) {
        return member.uniqueAddress().equals(self.uniqueAddress());
    }

    private static String address(Member member) {
        return member.address().hostPort().replaceFirst("^[^@]*@", "");
    }
}
