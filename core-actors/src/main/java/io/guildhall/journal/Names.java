package io.guildhall.journal;

import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.guildhall.domain.abusereport.AbuseReport;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.contact.Contacts;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.dataexport.DataExports;
import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.email.Email;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.export.Export;
import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.handle.Handle;
import io.guildhall.domain.hire.Hire;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.mailaddress.MailAddress;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.preference.Preferences;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.review.Review;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.savedsearch.SavedSearches;
import io.guildhall.domain.webhook.Webhooks;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.JournalName;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The type names of everything that is stored in the journal or sent to another node, independent of packages. Events
 * have a chosen name. Commands, states and rejections are short-lived and have a name derived from their class.
 */
public class Names extends SimpleModule {
    private static final long serialVersionUID = 1L;

    public static final List<Aggregate<?, ?, ?, ?>> AGGREGATES = List.of(
            Account.AGGREGATE,
            Email.AGGREGATE,
            Handle.AGGREGATE,
            Profile.AGGREGATE,
            PayoutAccount.AGGREGATE,
            Gig.AGGREGATE,
            Invite.AGGREGATE,
            Job.AGGREGATE,
            Proposal.AGGREGATE,
            Hire.AGGREGATE,
            Contract.AGGREGATE,
            Escrow.AGGREGATE,
            Discrepancy.AGGREGATE,
            Room.AGGREGATE,
            Review.AGGREGATE,
            SavedSearches.AGGREGATE,
            MailAddress.AGGREGATE,
            Preferences.AGGREGATE,
            Webhooks.AGGREGATE,
            Contacts.AGGREGATE,
            AbuseReport.AGGREGATE,
            Export.AGGREGATE,
            DataExports.AGGREGATE);

    /** Creates the names of all aggregates. */
    public Names() {
        this(AGGREGATES);
    }

    @SuppressWarnings("this-escape") // A subclass has its own aggregates, and nothing else.
    public Names(List<Aggregate<?, ?, ?, ?>> aggregates) {
        wire(aggregates).forEach(this::registerSubtypes);
    }

    static Stream<NamedType> events(List<Aggregate<?, ?, ?, ?>> aggregates) {
        return aggregates.stream()
                .flatMap(aggregate -> members(aggregate.events()))
                .map(event -> new NamedType(
                        event, event.getAnnotation(JournalName.class).value()));
    }

    static Stream<NamedType> states(List<Aggregate<?, ?, ?, ?>> aggregates) {
        return aggregates.stream().flatMap(aggregate -> derived(aggregate, aggregate.states()));
    }

    static Stream<NamedType> wire(List<Aggregate<?, ?, ?, ?>> aggregates) {
        return aggregates.stream()
                .flatMap(aggregate -> Stream.of(aggregate.states(), aggregate.commands(), aggregate.rejections())
                        .flatMap(family -> derived(aggregate, family)));
    }

    private static Stream<NamedType> derived(Aggregate<?, ?, ?, ?> aggregate, Class<?> family) {
        return members(family).map(member -> new NamedType(member, aggregate.name() + "/" + nested(member)));
    }

    /** Includes the enclosing class, since {@code Escrow.Open} and {@code EscrowCommand.Open} are different. */
    private static String nested(Class<?> member) {
        return member.getName().substring(member.getPackageName().length() + 1).replace('$', '.');
    }

    /** All records and enums of a sealed family. */
    public static Stream<Class<?>> members(Class<?> family) {
        return family.isSealed()
                ? Arrays.stream(family.getPermittedSubclasses())
                        .<Class<?>>flatMap(Names::members)
                        .distinct()
                : Stream.of(family);
    }
}
