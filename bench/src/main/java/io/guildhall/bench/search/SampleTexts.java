package io.guildhall.bench.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Generates short texts about many kinds of work, and search texts for the same kinds of work. */
final class SampleTexts {
    private static final List<String> WORK = List.of(
            "a logo",
            "an illustrated map",
            "a wedding album",
            "a translation from German",
            "a legal translation",
            "a phone app",
            "an online shop",
            "a slow database made fast",
            "a data pipeline",
            "a chat bot",
            "a product film",
            "an explainer animation",
            "a podcast episode",
            "a film score",
            "a voice recording",
            "a tax return",
            "monthly bookkeeping",
            "a business plan",
            "a market study",
            "a patent search",
            "a grant application",
            "a speech",
            "a press release",
            "a cookbook edited",
            "a thesis proofread",
            "a garden plan",
            "a kitchen drawing",
            "a structural calculation",
            "a wooden boat plan",
            "a circuit board",
            "a sensor firmware",
            "a drone survey",
            "a security audit",
            "a cluster of servers",
            "a backup plan",
            "a spreadsheet model",
            "a statistics report",
            "a map of sales",
            "a search advertising campaign",
            "a newsletter",
            "piano lessons",
            "a training plan for a marathon",
            "a diet for an athlete",
            "a hiring interview guide",
            "an employment contract",
            "a privacy statement",
            "a customer survey",
            "a help desk",
            "a game level",
            "a character model");

    private static final List<String> CUSTOMERS = List.of(
            "a village bakery",
            "a dentist",
            "a football club",
            "a museum of toys",
            "a bicycle courier",
            "a law firm",
            "a vineyard",
            "a kindergarten",
            "a steel works",
            "a travel agency",
            "an orchestra",
            "a fishing port",
            "a university",
            "a fashion label",
            "a hospital",
            "a coffee roaster",
            "a charity for dogs",
            "a taxi company",
            "an architect",
            "a publisher of comics");

    private static final List<String> CONDITIONS = List.of(
            "within a week",
            "with care for detail",
            "in two rounds",
            "for a fair price",
            "at short notice",
            "with a call every Monday");

    private SampleTexts() {}

    /** One offer for each kind of work. */
    static List<String> offersOfEachKind() {
        return WORK.stream().map(work -> "I make " + work).toList();
    }

    /**
     * Different offers in a random order that is the same in every run; at most {@code WORK × CUSTOMERS × CONDITIONS}.
     */
    static List<String> offers(int count) {
        var all = new ArrayList<String>();
        for (var work : WORK)
            for (var customer : CUSTOMERS)
                for (var condition : CONDITIONS) all.add("I make " + work + " for " + customer + ", " + condition);
        Collections.shuffle(all, new Random(1));
        return List.copyOf(all.subList(0, count));
    }

    /** Different search texts in a random order that is the same in every run. */
    static List<String> queries(int count) {
        var all = new ArrayList<String>();
        for (var work : WORK)
            for (var customer : CUSTOMERS) all.add("looking for " + work + " because we are " + customer);
        Collections.shuffle(all, new Random(2));
        return List.copyOf(all.subList(0, count));
    }
}
