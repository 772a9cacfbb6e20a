/** Lists that run through their elements, so that nothing is allocated. */
package dev.cortado.kernel.list;
