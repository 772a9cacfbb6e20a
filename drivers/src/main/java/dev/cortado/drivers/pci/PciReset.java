package dev.cortado.drivers.pci;

import java.util.Optional;

/**
 * Resets one function: afterwards it neither reads nor writes memory, and what it had been told is
 * forgotten. Its addresses are as before.
 */
public final class PciReset {
    /** How a function was reset. */
    public enum Method {
        /** Function level reset (PCI Express 5.0, 6.6.2). */
        FUNCTION_LEVEL,

        /** The same of a device that is not PCI Express (Advanced Capabilities for PCI, 2). */
        ADVANCED_FEATURES,

        /** Off and on again (PCI Bus Power Management 1.2, 5.4.1 and 3.2.4). */
        POWER_STATE,

        /** It has no reset: it was kept from memory, no more. */
        NONE
    }

    /** Waits, whatever happens: in the midst of a reset, a function has no addresses. */
    public interface Delay {
        void sleep(int milliseconds);
    }

    /** Of the PCI Express capability (7.5.3.3 to 7.5.3.5). */
    private static final int DEVICE_CAPABILITIES = 4;

    private static final int DEVICE_CONTROL = 8;
    private static final int DEVICE_STATUS = 10;
    private static final int FUNCTION_LEVEL_RESET_CAPABLE = 1 << 28;
    private static final int INITIATE_RESET = 1 << 15;
    private static final int TRANSACTIONS_PENDING = 1 << 5;

    /** Of the Advanced Features capability. */
    private static final int FEATURES = 3;

    private static final int FEATURE_PENDING = 1;
    private static final int FEATURE_RESET = 1 << 1;
    private static final int FEATURES_CONTROL = 4;
    private static final int FEATURES_RESET = 1;
    private static final int FEATURES_STATUS = 5;

    /** Of the power management capability. */
    private static final int POWER_CONTROL = 4;

    private static final int POWER_STATE = 0b11;
    private static final int D3_HOT = 0b11;
    private static final int NO_SOFT_RESET = 1 << 3;
    private static final int POWER_DELAY = 10;

    /** A reset takes so long at most, 6.6.2. */
    private static final int RESET_DELAY = 100;

    private static final int MOST_DELAYS = 10;

    private final PciDevice device;
    private final PciFunction function;
    private final Delay delay;

    private PciReset(PciDevice device, Delay delay) {
        this.device = device;
        this.delay = delay;
        function = device.function();
    }

    /**
     * Resets it by the first method that it has.
     *
     * @throws PciException it does not come back
     */
    public static Method reset(PciDevice device, Delay delay) throws PciException {
        return new PciReset(device, delay).run();
    }

    private Method run() throws PciException {
        device.setBusMastering(false);
        int[] addresses = new int[6];
        int count = ConfigurationHeader.baseAddresses(function.headerType());
        for (int i = 0; i < count; i++) {
            addresses[i] = function.read32(register(i));
        }
        int command = function.read16(ConfigurationHeader.COMMAND);
        int line = function.read8(ConfigurationHeader.INTERRUPT_LINE);
        Method method = begin();
        if (method != Method.NONE) {
            awaitReturn();
            for (int i = 0; i < count; i++) {
                function.write32(register(i), addresses[i]);
            }
            function.write8(ConfigurationHeader.INTERRUPT_LINE, line);
            function.write16(ConfigurationHeader.COMMAND, command);
        }
        return method;
    }

    private Method begin() throws PciException {
        if (device.isBridge()) {
            return Method.NONE; // those behind it would be gone
        }
        Optional<Capability> express = device.capability(CapabilityIds.PCI_EXPRESS);
        if (express.isPresent() && hasFunctionLevelReset(express.get().offset())) {
            int offset = express.get().offset();
            awaitIdle(offset + DEVICE_STATUS, TRANSACTIONS_PENDING);
            int control = function.read16(offset + DEVICE_CONTROL);
            function.write16(offset + DEVICE_CONTROL, control | INITIATE_RESET);
            delay.sleep(RESET_DELAY);
            return Method.FUNCTION_LEVEL;
        }
        Optional<Capability> features = device.capability(CapabilityIds.ADVANCED_FEATURES);
        if (features.isPresent() && hasReset(features.get().offset())) {
            int offset = features.get().offset();
            awaitIdle(offset + FEATURES_STATUS - 1, FEATURE_PENDING << 8);
            function.write8(offset + FEATURES_CONTROL, FEATURES_RESET);
            delay.sleep(RESET_DELAY);
            return Method.ADVANCED_FEATURES;
        }
        Optional<Capability> power = device.capability(CapabilityIds.POWER_MANAGEMENT);
        if (power.isPresent() && power.get().offset() + POWER_CONTROL + 2 <= 256) {
            int register = power.get().offset() + POWER_CONTROL;
            int control = function.read16(register);
            if ((control & NO_SOFT_RESET) == 0) {
                function.write16(register, control & ~POWER_STATE | D3_HOT);
                delay.sleep(POWER_DELAY);
                function.write16(register, control & ~POWER_STATE);
                delay.sleep(POWER_DELAY);
                return Method.POWER_STATE;
            }
        }
        return Method.NONE;
    }

    private boolean hasFunctionLevelReset(int offset) {
        return offset + DEVICE_STATUS + 2 <= 256
                && (function.read32(offset + DEVICE_CAPABILITIES) & FUNCTION_LEVEL_RESET_CAPABLE)
                        != 0;
    }

    private boolean hasReset(int offset) {
        int both = FEATURE_PENDING | FEATURE_RESET;
        return offset + FEATURES_STATUS + 1 <= 256
                && (function.read8(offset + FEATURES) & both) == both;
    }

    /** What it had begun is over, or will not be. */
    private void awaitIdle(int register, int bit) {
        for (int i = 0; i < MOST_DELAYS && (function.read16(register) & bit) != 0; i++) {
            delay.sleep(RESET_DELAY);
        }
    }

    private void awaitReturn() throws PciException {
        for (int i = 0; i < MOST_DELAYS && !function.isPresent(); i++) {
            delay.sleep(RESET_DELAY);
        }
        if (!function.isPresent()) {
            throw function.error("it did not come back from its reset");
        }
    }

    private static int register(int index) {
        return ConfigurationHeader.BASE_ADDRESSES + index * Integer.BYTES;
    }
}
