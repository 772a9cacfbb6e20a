package dev.cortado.kernel.device;

import dev.cortado.kernel.monitor.MonitorCommand;
import dev.cortado.kernel.monitor.MonitorText;

/** What devices did that they must not. */
public final class FaultsCommand implements MonitorCommand {
    @Override
    public char key() {
        return 'f';
    }

    @Override
    public String description() {
        return "faults of devices";
    }

    @Override
    public void run(MonitorText text) {
        DeviceFaults.show(text);
        long unexpected = DeviceVectors.unexpected();
        text.number(unexpected).text(" interrupts by vectors that no device has");
        if (unexpected > 0) {
            text.text(", the last by ").hex(DeviceVectors.unexpectedVector());
            text.text(" on CPU ").number(DeviceVectors.unexpectedCpu());
        }
        text.line();
    }
}
