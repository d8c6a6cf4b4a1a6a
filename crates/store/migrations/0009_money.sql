-- An alert is about a home of the register, a foster home, or a child in a home that is on no register.

{optional alert: setting}
{add alert: foster_home {id}}
