package dev.cortado.system.guest.launcher;

import dev.cortado.system.guest.Probes;
import dev.cortado.system.guest.xen.XenProbes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Several programs in one image, where an image for each would take too long to compile. The first
 * argument names the program: {@code hello} or {@code tour} of the examples, {@code xen}, or else
 * it is a probe.
 */
public final class Programs {
    private Programs() {}

    /** Runs the program that the first argument names, with the other arguments. */
    public static void main(String[] arguments) throws Exception {
        String name = arguments.length == 0 ? "" : arguments[0];
        // The compiler finds what is named as a constant. This module does not depend on examples.
        switch (name) {
            case "hello" ->
                    run(
                            Class.forName("dev.cortado.examples.hello.Hello")
                                    .getMethod("main", String[].class));
            case "tour" ->
                    run(
                            Class.forName("dev.cortado.examples.tour.Tour")
                                    .getMethod("main", String[].class));
            case "xen" -> XenProbes.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            default -> Probes.main(arguments);
        }
    }

    /** Runs an example, without arguments. */
    private static void run(Method main) throws IllegalAccessException {
        try {
            main.invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
