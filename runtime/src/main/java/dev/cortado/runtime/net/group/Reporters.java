package dev.cortado.runtime.net.group;

import java.util.Arrays;

/** The reporters of one protocol, one an interface. Who looks for one takes no lock. */
final class Reporters {
    private volatile GroupReporter[] all = {};

    /** One after the other. */
    void add(GroupReporter reporter) {
        GroupReporter[] more = Arrays.copyOf(all, all.length + 1);
        more[all.length] = reporter;
        all = more;
    }

    /** Null if the interface has none. */
    GroupReporter of(int interfaceIndex) {
        for (GroupReporter reporter : all) {
            if (reporter.link().index() == interfaceIndex) {
                return reporter;
            }
        }
        return null;
    }
}
