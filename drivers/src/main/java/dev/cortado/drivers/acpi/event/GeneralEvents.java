package dev.cortado.drivers.acpi.event;

import dev.cortado.drivers.acpi.AcpiMachine;
import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.acpi.aml.AmlHost;
import dev.cortado.drivers.acpi.aml.AmlInterpreter;
import dev.cortado.drivers.acpi.aml.NamespaceNode;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Runs the methods of general purpose events (ACPI 6.5, 5.6.4.1), and passes on what they say of
 * devices. The tables are loaded when the first event comes: most machines run without one. An
 * event whose method fails, or that does not end, is disabled with a line. For one thread.
 */
public final class GeneralEvents {
    /** Loads the machine's tables. */
    public interface Source {
        AcpiMachine load(AmlHost host) throws AmlException;
    }

    /** Hears of devices, in the events' thread; AML may be run. */
    public interface Listener {
        void heard(AcpiMachine machine, Notice notice);
    }

    private final EventRegisters registers;
    private final Source source;
    private final Listener listener;
    private final Consumer<String> log;
    private final LongSupplier nanoTime;
    private final Notices notices = new Notices();

    /** A bit for each event of a group. */
    private final int[] wanted;

    /** By number. */
    private final EventHistory[] histories = new EventHistory[256];

    /** Null before the first event. */
    private AcpiMachine machine;

    /**
     * @param tables the DSDT and then the SSDTs; what is no event there is not enabled
     * @param log hears a line of each event that is given up
     */
    public GeneralEvents(
            EventRegisters registers,
            List<byte[]> tables,
            Source source,
            Listener listener,
            Consumer<String> log,
            LongSupplier nanoTime) {
        this.registers = registers;
        this.source = source;
        this.listener = listener;
        this.log = log;
        this.nanoTime = nanoTime;
        wanted = new int[registers.groups()];
        BitSet named = EventNames.find(tables);
        for (int group = 0; group < wanted.length; group++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                if (named.get(registers.firstEvent(group) + bit)) {
                    wanted[group] |= 1 << bit;
                }
            }
        }
    }

    /** Deals with all that has happened, and lets what is still of use interrupt. */
    public void service() {
        for (int group = 0; group < wanted.length; group++) {
            int happened = registers.status(group) & wanted[group];
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                if ((happened & 1 << bit) != 0) {
                    handle(group, 1 << bit, registers.firstEvent(group) + bit);
                }
            }
        }
        for (int group = 0; group < wanted.length; group++) {
            registers.enable(group, wanted[group]);
        }
    }

    private void handle(int group, int event, int number) {
        if (histories[number] == null) {
            histories[number] = new EventHistory();
        }
        if (histories[number].isTooMuch(nanoTime.getAsLong())) {
            giveUp(group, event, number, "it does not end");
            return;
        }
        try {
            AmlInterpreter interpreter = load().interpreter();
            NamespaceNode scope = interpreter.root().child("_GPE");
            NamespaceNode level = scope.child(EventNames.level(number));
            NamespaceNode edge = scope.child(EventNames.edge(number));
            if (level == null && edge == null) {
                wanted[group] &= ~event; // the name is something else's
                return;
            }
            if (level == null) {
                registers.clear(group, event); // what comes from now on is another one
                interpreter.evaluate(edge);
            } else {
                interpreter.evaluate(level);
                registers.clear(group, event); // not before its cause is gone
            }
        } catch (AmlException e) {
            giveUp(group, event, number, e.getMessage());
        }
        histories[number].cleared((registers.status(group) & event) != 0);
        // Also what was said before something failed.
        notices.deliver(this::heard, log);
    }

    private void heard(Notice notice) {
        if (machine != null) {
            listener.heard(machine, notice);
        }
    }

    private AcpiMachine load() throws AmlException {
        if (machine == null) {
            machine = source.load(notices);
        }
        return machine;
    }

    private void giveUp(int group, int event, int number, String why) {
        wanted[group] &= ~event;
        registers.clear(group, event);
        log.accept("ACPI's event 0x%02x is disabled: %s".formatted(number, why));
    }
}
