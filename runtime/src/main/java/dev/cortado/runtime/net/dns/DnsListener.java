package dev.cortado.runtime.net.dns;

/** Who asked. */
@FunctionalInterface
public interface DnsListener {
    /** Called once, without a lock, by the thread that brought the answer or by who asked. */
    void answered(DnsAnswer answer);
}
