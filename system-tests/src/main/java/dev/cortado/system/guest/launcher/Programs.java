package dev.cortado.system.guest.launcher;

import dev.cortado.system.guest.Probes;
import dev.cortado.system.guest.xen.XenProbes;
import java.util.Arrays;

/**
 * Several programs in one image, where an image for each would take too long to compile. The first
 * argument names the program: {@code suite}, {@code xen}, or else it is a probe.
 */
public final class Programs {
    private Programs() {}

    /** Runs the program that the first argument names, with the other arguments. */
    public static void main(String[] arguments) throws Exception {
        String name = arguments.length == 0 ? "" : arguments[0];
        switch (name) {
            case "suite" -> Suite.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            case "xen" -> XenProbes.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            default -> Probes.main(arguments);
        }
    }
}
