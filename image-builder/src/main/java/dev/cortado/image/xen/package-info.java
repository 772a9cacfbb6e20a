/** Configurations of Xen's domains, as the toolstack {@code xl} reads them (xl.cfg(5)). */
package dev.cortado.image.xen;
