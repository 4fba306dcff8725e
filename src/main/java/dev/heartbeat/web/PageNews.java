package dev.heartbeat.web;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Transition;
import io.quarkus.qute.TemplateData;

/**
 * What does a line about one transition say?
 *
 * @param id of the outbox
 * @param sign of the new health
 * @param word what it is now
 * @param href of the target; that of the source's targets when it is the source as a whole
 * @param was the former health and how long it lasted; null when there was none
 * @param why null when there is nothing to say
 */
@TemplateData
public record PageNews(String id, PageMoment at, PageSign sign, String word, String href, String name, String where, String was,
        String why) {
    static PageNews of(String id, Transition transition) {
        PageSign sign = transition.reason() == Reason.FLAPPING ? PageSign.UNSTEADY : PageSign.of(transition.to());
        String source = PageText.name(transition.source());
        boolean whole = transition.target() == null;
        return new PageNews(id, PageMoment.of(transition.at()), sign, word(transition, sign), href(transition),
                whole ? source : PageText.name(transition.target().name()),
                whole ? "source" : transition.target().kind().word() + " of " + source, was(transition),
                PageText.why(transition.reason(), transition.detail()));
    }

    private static String href(Transition transition) {
        return transition.target() == null ? PageQuery.of(transition.source(), null).href()
                : new PageAddress(transition.source(), transition.target()).page();
    }

    private static String word(Transition transition, PageSign sign) {
        if (transition.target() == null && transition.to() != null) {
            return transition.to() == Health.STALE ? "Silent"
                    : transition.from() == Health.STALE ? "Heard again" : "Many " + sign.css();
        } else if (isOfFlapping(transition)) {
            return transition.reason() == Reason.FLAPPING ? "Flapping" : "Steady again";
        }
        return sign.word();
    }

    private static boolean isOfFlapping(Transition transition) {
        return transition.target() != null && transition.from() != null && transition.from() == transition.to();
    }

    private static String was(Transition transition) {
        if (transition.from() == null || transition.target() == null || isOfFlapping(transition)) {
            return null;
        }
        String former = PageSign.of(transition.from()).css();
        return transition.lasted() == null ? "was " + former
                : "was " + former + " for " + PageText.lasting(transition.lasted());
    }
}
