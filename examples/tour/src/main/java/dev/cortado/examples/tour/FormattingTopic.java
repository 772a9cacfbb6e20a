package dev.cortado.examples.tour;

import java.io.PrintStream;
import java.util.HexFormat;
import java.util.Locale;

/** String.format and the numbers' own ways of becoming text. */
final class FormattingTopic implements Topic {
    @Override
    public String title() {
        return "String.format";
    }

    @Override
    public void show(PrintStream out) {
        line(out, "integers: [%d] [%5d] [%-5d] [%05d] [%+d] [%,d]", 7, 42, 42, 42, 42, 1_234_567);
        line(out, "bases: %x %X %o %#x", 48_879, 48_879, 8, 255);
        line(out, "floating: %.3f %10.2f %e %g %a", Math.PI, Math.E, 12_345.678, 0.000_012_3, 1.0);
        line(
                out,
                "text: [%s] [%10s] [%-10s] [%.3s] [%S]",
                "abcd",
                "right",
                "left",
                "cutting",
                "up");
        line(out, "others: %c %b %% %n", 'x', true);
        line(out, "by position: %2$s before %1$s", "second", "first");
        line(out, "unsigned: %s %s", Integer.toUnsignedString(-1), Long.toUnsignedString(-1));
        line(out, "bytes: %s", HexFormat.ofDelimiter(":").formatHex(new byte[] {0, 127, -128, -1}));
        line(out, "doubles: %s %s %s %s", 0.1 + 0.2, 1e21, Double.MIN_VALUE, -0.0 / 0.0);
        line(out, "floats: %s %s", 1.0f / 3, Float.MAX_VALUE);
        line(out, "longs: %d %d", Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static void line(PrintStream out, String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments).stripTrailing());
    }
}
