package dev.cortado.system.guest.launcher;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * The examples in one image, where an image for each would take too long to compile. The first
 * argument names the one: {@code hello} or {@code tour}.
 */
public final class Examples {
    private Examples() {}

    /** Runs an example, without arguments. This module does not depend on the examples. */
    public static void main(String[] arguments) throws Exception {
        String name = arguments.length == 0 ? "" : arguments[0];
        // The compiler finds what is named as a constant.
        switch (name) {
            case "hello" ->
                    run(
                            Class.forName("dev.cortado.examples.hello.Hello")
                                    .getMethod("main", String[].class));
            case "tour" ->
                    run(
                            Class.forName("dev.cortado.examples.tour.Tour")
                                    .getMethod("main", String[].class));
            default -> throw new IllegalArgumentException("no example: '" + name + "'");
        }
    }

    private static void run(Method main) throws IllegalAccessException {
        try {
            main.invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
