package dev.cortado.runtime.net.ndp;

import dev.cortado.runtime.net.time.Timer;

/** A prefix that a router says is on the link (RFC 4861, 6.3.4). */
final class OnLinkPrefix extends Timer {
    final RouterList owner;
    final long high;
    final long low;
    final int length;

    OnLinkPrefix(RouterList owner, long high, long low, int length) {
        this.owner = owner;
        this.high = high;
        this.low = low;
        this.length = length;
    }

    @Override
    protected void expired(long now) {
        owner.expired(this);
    }
}
