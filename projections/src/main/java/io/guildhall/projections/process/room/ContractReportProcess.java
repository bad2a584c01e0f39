package io.guildhall.projections.process.room;

import static io.guildhall.projections.Process.on;
import static io.guildhall.projections.process.CommandSender.NOTHING;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.contract.Deal;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.domain.room.RoomCommand.PostSystemMessage;
import io.guildhall.kernel.Ids;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Start;
import io.guildhall.projections.process.CommandSender;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Reports the events of each contract in its room. */
public final class ContractReportProcess implements Process {
    private final CommandSender sender;

    public ContractReportProcess(Entities entities) {
        this.sender = new CommandSender(entities);
    }

    @Override
    public String name() {
        return "contract-report";
    }

    /** Older events are not reported: their messages would be outdated. */
    @Override
    public Start start() {
        return Start.now();
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Contract.AGGREGATE, this::onContractEvent));
    }

    private CompletionStage<Void> onContractEvent(Recorded<ContractEvent> recorded) {
        return ContractReports.of(recorded.entityId(), recorded.event())
                .map(it -> {
                    var message = new PostSystemMessage(messageId(recorded), recorded.sequence(), it);
                    return opened(recorded)
                            .thenCompose(
                                    _ -> sender.send(recorded, Room.AGGREGATE, Room.id(recorded.entityId()), message));
                })
                .orElse(NOTHING);
    }

    /** The hire opens the room too. The second of the two commands changes nothing. */
    private CompletionStage<Void> opened(Recorded<ContractEvent> recorded) {
        if (!(recorded.event() instanceof ContractEvent.Created(Deal deal, var _, var _, var _)))
            return completedFuture(null);
        var id = recorded.entityId();
        return sender.send(
                recorded,
                Room.AGGREGATE,
                Room.id(id),
                new RoomCommand.Open(id, deal.title(), deal.clientId(), deal.freelancerId()));
    }

    private static String messageId(Recorded<?> recorded) {
        return "msg_" + Ids.body(recorded.entityId()) + "-" + recorded.sequence();
    }
}
