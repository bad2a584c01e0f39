package io.guildhall.projections.process.room;

import static io.guildhall.projections.Process.on;
import static io.guildhall.projections.process.CommandSender.NOTHING;

import io.guildhall.actors.Entities;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand.MakeReadOnly;
import io.guildhall.projections.DeadlineHandler;
import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Schedule;
import io.guildhall.projections.Start;
import io.guildhall.projections.process.CommandSender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Makes the room of each contract read-only some time after the contract was completed or cancelled. */
public final class RoomProcess implements Process {
    static final DeadlineKind MAKE_READ_ONLY = new DeadlineKind("room-read-only");

    private final CommandSender sender;
    private final Schedule schedule;
    private final Duration readOnlyAfter;

    /** @param readOnlyAfter from the end of a contract until its room is read-only */
    public RoomProcess(Entities entities, Schedule schedule, Duration readOnlyAfter) {
        this.sender = new CommandSender(entities);
        this.schedule = schedule;
        this.readOnlyAfter = readOnlyAfter;
    }

    @Override
    public String name() {
        return "room-read-only";
    }

    @Override
    public Start start() {
        return Start.beginning();
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Contract.AGGREGATE, this::onContractEvent));
    }

    @Override
    public Map<DeadlineKind, DeadlineHandler> deadlines() {
        return Map.of(MAKE_READ_ONLY, due -> sender.sendWhenDue(due, Room.AGGREGATE, new MakeReadOnly()));
    }

    /** No contract continues after its end. */
    private CompletionStage<Void> onContractEvent(Recorded<ContractEvent> recorded) {
        return switch (recorded.event()) {
            case ContractEvent.Completed e -> plan(recorded, e.at());
            case ContractEvent.Cancelled e -> plan(recorded, e.at());
            case ContractEvent.MilestoneEvent _, ContractEvent.StandingEvent _, ContractEvent.Created _ -> NOTHING;
        };
    }

    private CompletionStage<Void> plan(Recorded<?> cause, Instant endedAt) {
        var roomId = Room.id(cause.entityId());
        return schedule.plan(cause.correlation(), MAKE_READ_ONLY.forEntity(roomId), endedAt.plus(readOnlyAfter));
    }
}
