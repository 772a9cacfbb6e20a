package dev.cortado.system.guest;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The program inside the test image: many probes in one image, since compiling one takes a minute.
 * The first argument names the probe, the others are for it.
 */
public final class Probes {
    /** One thing to try inside a guest. What it prints and its exit code are checked outside. */
    interface Probe {
        void run(String[] arguments) throws Exception;
    }

    private static final Map<String, Probe> ALL = new TreeMap<>();

    static {
        ALL.putAll(ProcessProbes.all());
        ALL.putAll(ConsoleProbes.all());
        ALL.putAll(SignalProbes.all());
        ALL.putAll(MemoryProbes.all());
        ALL.putAll(HeapLimitProbes.all());
        ALL.putAll(FaultProbes.all());
        ALL.putAll(ExceptionProbes.all());
        ALL.putAll(StressProbes.all());
        ALL.putAll(MonitorProbes.all());
        ALL.putAll(ManagementProbes.all());
        ALL.putAll(LifeProbes.all());
        ALL.putAll(RandomProbes.all());
        ALL.putAll(HypervisorProbes.all());
        ALL.putAll(DeviceProbes.all());
        ALL.putAll(DiskProbes.all());
        ALL.putAll(StormProbes.all());
        ALL.putAll(PlugProbes.all());
        ALL.putAll(NetworkProbes.all());
    }

    private Probes() {}

    /** Runs the probe that the first argument names. */
    public static void main(String[] arguments) throws Exception {
        Probe probe = arguments.length == 0 ? null : ALL.get(arguments[0]);
        if (probe == null) {
            System.err.println("Name one of " + ALL.keySet());
            System.exit(64);
        }
        probe.run(Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    /** Ends the guest with a clear line unless {@code condition} holds. */
    static void check(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }
}
