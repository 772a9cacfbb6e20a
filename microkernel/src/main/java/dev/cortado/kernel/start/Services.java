package dev.cortado.kernel.start;

import java.util.Arrays;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** What drivers do in Java as soon as Java runs, before the program's main method. */
public final class Services {
    private static Runnable[] services = {};

    private Services() {}

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void add(Runnable service) {
        services = Arrays.copyOf(services, services.length + 1);
        services[services.length - 1] = service;
    }

    /** Runs them in the order in which they were added. */
    public static void start() {
        for (Runnable service : services) {
            service.run();
        }
    }
}
