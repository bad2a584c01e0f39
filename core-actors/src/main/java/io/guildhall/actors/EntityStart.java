package io.guildhall.actors;

import io.guildhall.actors.AggregateEntity.Execute;
import io.guildhall.actors.AggregateEntity.Message;
import io.guildhall.actors.AggregateEntity.Stop;
import io.guildhall.journal.NewEntities;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding.Passivate;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;
import org.apache.pekko.persistence.typed.PersistenceId;

/** Starts an entity when its first message arrives, because the message says whether the entity is new. */
final class EntityStart {
    private final EntityContext<Message> sharding;
    private final PersistenceId persistenceId;
    private final ActiveEntities active;
    private final Function<AggregateEntity.Host, Behavior<Message>> entity;

    EntityStart(
            EntityContext<Message> sharding,
            PersistenceId persistenceId,
            ActiveEntities active,
            Function<AggregateEntity.Host, Behavior<Message>> entity) {
        this.sharding = sharding;
        this.persistenceId = persistenceId;
        this.active = active;
        this.entity = entity;
    }

    Behavior<Message> behavior() {
        return Behaviors.setup(context -> Behaviors.withStash(
                1,
                first -> Behaviors.receiveMessage(
                        message -> message instanceof Stop ? Behaviors.stopped() : start(context, first, message))));
    }

    private Behavior<Message> start(ActorContext<Message> context, StashBuffer<Message> first, Message message) {
        boolean isNew = message instanceof Execute<?, ?, ?> request && request.isNew();
        var newEntities = NewEntities.of(context.getSystem().classicSystem());
        var id = persistenceId.id();
        if (isNew) newEntities.add(id);
        Runnable passivate = () -> sharding.getShard().tell(new Passivate<>(context.getSelf()));
        active.started(id, passivate);
        var host = new AggregateEntity.Host(isNew, passivate, context.getSelf()::tell, () -> active.used(id), () -> {
            active.stopped(id);
            if (isNew) newEntities.remove(id);
        });
        first.stash(message);
        return first.unstashAll(entity.apply(host));
    }
}
